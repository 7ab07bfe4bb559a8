#pragma once

#include <algorithm>
#include <span>
#include <vector>

namespace opstat::stats {

/// `values` themselves where they are ascending already, else a sorted copy in
/// `storage`, which the result then points to. REQUIRES: no NaN.
inline std::span<const double> Sorted(std::span<const double> values,
                                      std::vector<double>& storage) {
  if (std::ranges::is_sorted(values)) return values;
  storage.assign(values.begin(), values.end());
  std::ranges::sort(storage);
  return storage;
}

}  // namespace opstat::stats
