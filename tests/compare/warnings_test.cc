#include "opstat/compare/warnings.h"

#include <gtest/gtest.h>

#include "tests/compare/runs.h"

namespace opstat::compare {
namespace {

// A row points into samples that somebody else keeps: here, the caller.
std::vector<std::string> Drift(const Values& a, const Values& b) {
  Row row;
  row.baseline_samples = a;
  row.contender_samples = b;
  return DriftWarnings(row);
}

TEST(DriftWarnings, AreSilentOnNoise) {
  int warned = 0;
  for (unsigned seed = 0; seed < 100; ++seed) {
    warned += int(
        Drift(Noise(20, 1, 0.01, 2 * seed), Noise(20, 1, 0.01, 2 * seed + 1))
            .size());
  }
  EXPECT_LE(warned, 5);
}

TEST(DriftWarnings, NameTheSideWhoseHalvesDiffer) {
  Values rising = Noise(10, 1, 0.001, 1);
  for (std::size_t i = 5; i < 10; ++i) rising[i] *= 1.1;
  const auto warnings = Drift(Noise(10, 1, 0.001, 2), rising);
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_TRUE(
      warnings[0].starts_with("samples drift: contender's second half +"))
      << warnings[0];
}

TEST(DriftWarnings, SeeSpellsThatTheHalvesShare) {
  Values spells(40, 1.0);
  for (std::size_t i = 0; i < 40; ++i) spells[i] = i % 20 < 10 ? 1 : 1.1;
  const auto warnings = Drift(spells, spells);
  ASSERT_EQ(warnings.size(), 2u);
  EXPECT_TRUE(warnings[0].starts_with(
      "samples drift: baseline's lag-1 autocorrelation 0."))
      << warnings[0];
}

TEST(DriftWarnings, TakeFewOrEqualSamples) {
  EXPECT_TRUE(Drift({1}, {2}).empty());
  EXPECT_TRUE(Drift(Values(30, 1.0), Values(30, 2.0)).empty());
}

}  // namespace
}  // namespace opstat::compare
