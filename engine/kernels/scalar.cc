#include "engine/kernels/scalar.h"

#include <cstddef>

namespace opstat::engine {
namespace {

constexpr std::size_t kPanelColumns = 4;

template <class T, std::size_t kRows>
void GemmUkernel(std::size_t k, const T* weights, const T* panel,
                 const Tile<T>& tile) {
  T sum[kRows][kPanelColumns];
  for (std::size_t r = 0; r < kRows; ++r) {
    for (T& s : sum[r]) s = tile.bias != nullptr ? tile.bias[r] : T{0};
  }
  for (; k > 0; --k, weights += kRows, panel += kPanelColumns) {
    for (std::size_t r = 0; r < kRows; ++r) {
      for (std::size_t j = 0; j < kPanelColumns; ++j) {
        sum[r][j] += weights[r] * panel[j];
      }
    }
  }
  for (std::size_t r = 0; r < kRows; ++r) {
    T* row = tile.c + r * tile.row_stride;
    for (std::size_t j = 0; j < tile.columns; ++j) {
      row[j] = tile.accumulate ? row[j] + sum[r][j] : sum[r][j];
    }
  }
}

template <class T>
void PackPanels(const T* source, std::size_t row_stride, std::size_t rows,
                std::size_t columns, T* packed) {
  for (std::size_t j = 0; j < columns; j += kPanelColumns) {
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t i = j; i < j + kPanelColumns; ++i) {
        *packed++ = i < columns ? source[r * row_stride + i] : T{0};
      }
    }
  }
}

template <class T>
constexpr Microkernel<T> kWithRows[] = {GemmUkernel<T, 1>, GemmUkernel<T, 2>,
                                        GemmUkernel<T, 3>, GemmUkernel<T, 4>};

template <class T>
constexpr KernelSet<T> kKernels{.max_rows = 4,
                                .panel_columns = kPanelColumns,
                                .with_rows = kWithRows<T>,
                                .pack_panels = PackPanels<T>};

}  // namespace

template <>
const KernelSet<float>& ScalarKernels<float>() {
  return kKernels<float>;
}

template <>
const KernelSet<double>& ScalarKernels<double>() {
  return kKernels<double>;
}

}  // namespace opstat::engine
