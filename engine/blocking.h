#pragma once

#include <algorithm>
#include <cstddef>

namespace opstat::engine {

/// Block sizes for an L1 cache of 48 KiB and an L2 cache of 1 MiB. KC and
/// kPanelBytes were measured (docs/KERNELS.md), kWeightBytes fits beside them.

/// KC: long enough that loading and storing a tile is small beside it, short
/// enough that a panel (KC * NR) is near the size of the L1 cache.
inline constexpr std::size_t kDepth = 640;

/// Bytes of packed weights that are taken through the tiles together, and of
/// packed panels or padded input that they meet: together well inside L2.
inline constexpr std::size_t kWeightBytes = std::size_t{384} << 10;
inline constexpr std::size_t kPanelBytes = std::size_t{256} << 10;

constexpr std::size_t RoundUp(std::size_t value, std::size_t multiple) {
  return (value + multiple - 1) / multiple * multiple;
}

/// MC in row blocks: as many as kWeightBytes holds of depth * rows weights.
template <class T>
constexpr std::size_t RowBlocksTogether(std::size_t depth, std::size_t rows) {
  return std::max<std::size_t>(1, kWeightBytes / (depth * rows * sizeof(T)));
}

}  // namespace opstat::engine
