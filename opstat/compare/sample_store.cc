#include "opstat/compare/sample_store.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <iterator>

namespace opstat::compare {
namespace {

// What -0 and 0 differ in.
std::uint64_t Bits(double value) { return std::bit_cast<std::uint64_t>(value); }

}  // namespace

std::span<const double> SampleStore::KeepMeasured(
    std::span<const double> values) {
  constexpr std::size_t kBlock = std::size_t{1} << 14;
  if (blocks_.empty() ||
      blocks_.back().capacity() - blocks_.back().size() < values.size()) {
    blocks_.emplace_back().reserve(std::max(kBlock, values.size()));
  }
  std::vector<double>& block = blocks_.back();
  const std::size_t start = block.size();
  // A contender's exact counts mostly are those that its baseline just had.
  if (start >= values.size()) {
    const auto last = std::span(block).last(values.size());
    if (std::ranges::equal(last, values, {}, Bits, Bits)) return last;
  }
  std::ranges::copy_if(values, std::back_inserter(block),
                       [](double value) { return !std::isnan(value); });
  return std::span(block).subspan(start);
}

}  // namespace opstat::compare
