#include "opstat/stats/pair_differences.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace opstat::stats {
namespace {

// Ascending, with ties.
std::vector<double> Sample(std::size_t size, std::mt19937& random) {
  std::vector<double> values(size);
  for (double& value : values) value = double(random() % 50) / 8;
  std::ranges::sort(values);
  return values;
}

TEST(PairDifferences, AscendWhateverTheSizes) {
  std::mt19937 random(1);
  for (const std::size_t n1 : {1u, 2u, 3u, 5u, 8u, 12u, 31u}) {
    for (const std::size_t n2 : {1u, 2u, 3u, 7u, 12u, 33u}) {
      const std::vector<double> a = Sample(n1, random);
      const std::vector<double> b = Sample(n2, random);
      std::vector<double> expected;
      for (const double low : a) {
        for (const double high : b) expected.push_back(high - low);
      }
      std::ranges::sort(expected);
      PairDifferences differences(a, b);
      for (std::size_t k = 0; k < expected.size(); ++k) {
        ASSERT_EQ(differences.At(std::int64_t(k) + 1), expected[k])
            << n1 << " and " << n2;
      }
    }
  }
}

}  // namespace
}  // namespace opstat::stats
