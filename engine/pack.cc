#include "engine/pack.h"

namespace opstat::engine {
namespace {

/// [rows][depth] with rows `row_stride` apart -> [depth][rows].
template <class T>
T* PackRowBlock(const T* block, std::size_t row_stride, std::size_t rows,
                std::size_t depth, T* packed) {
  for (std::size_t k = 0; k < depth; ++k) {
    for (std::size_t r = 0; r < rows; ++r) {
      *packed++ = block[r * row_stride + k];
    }
  }
  return packed;
}

/// The same for the columns at `positions` of each row.
template <class T>
T* PackRowBlock(const T* block, std::size_t row_stride, std::size_t rows,
                std::size_t depth, const std::size_t* positions, T* packed) {
  for (std::size_t k = 0; k < depth; ++k) {
    for (std::size_t r = 0; r < rows; ++r) {
      *packed++ = block[r * row_stride + positions[k]];
    }
  }
  return packed;
}

}  // namespace

template <class T>
void PackWeights(const T* weights, const BalancedSplit& rows,
                 const BalancedSplit& depth, const std::size_t* positions,
                 T* packed) {
  const std::size_t row_stride = depth.total();
  for (std::size_t p = 0; p < depth.parts(); ++p) {
    for (std::size_t i = 0; i < rows.parts(); ++i) {
      const T* block = weights + rows.Begin(i) * row_stride;
      packed =
          positions == nullptr
              ? PackRowBlock(block + depth.Begin(p), row_stride, rows.Size(i),
                             depth.Size(p), packed)
              : PackRowBlock(block, row_stride, rows.Size(i), depth.Size(p),
                             positions + depth.Begin(p), packed);
    }
  }
}

template void PackWeights(const float*, const BalancedSplit&,
                          const BalancedSplit&, const std::size_t*, float*);
template void PackWeights(const double*, const BalancedSplit&,
                          const BalancedSplit&, const std::size_t*, double*);

}  // namespace opstat::engine
