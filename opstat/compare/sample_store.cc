#include "opstat/compare/sample_store.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace opstat::compare {

std::span<const double> SampleStore::KeepMeasured(
    std::span<const double> values) {
  constexpr std::size_t kBlock = std::size_t{1} << 14;
  if (blocks_.empty() ||
      blocks_.back().capacity() - blocks_.back().size() < values.size()) {
    blocks_.emplace_back().reserve(std::max(kBlock, values.size()));
  }
  std::vector<double>& block = blocks_.back();
  const std::size_t start = block.size();
  std::ranges::copy_if(values, std::back_inserter(block),
                       [](double value) { return !std::isnan(value); });
  return std::span(block).subspan(start);
}

}  // namespace opstat::compare
