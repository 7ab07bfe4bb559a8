#include "engine/kernels/scalar.h"

#include <algorithm>
#include <cstddef>

namespace opstat::engine {
namespace {

constexpr std::size_t kPanelColumns = 4;

template <class T, std::size_t kRows>
void StoreTile(const T (&sum)[kRows][kPanelColumns], const Tile<T>& tile) {
  for (std::size_t r = 0; r < kRows; ++r) {
    T* out = tile.c + r * tile.row_stride;
    for (std::size_t j = 0; j < tile.columns; ++j) {
      if (tile.kept != nullptr && tile.kept[j] == 0) continue;
      *out = tile.accumulate ? *out + sum[r][j] : sum[r][j];
      ++out;
    }
  }
}

template <class T, std::size_t kRows>
void StartTile(const T* bias, T (&sum)[kRows][kPanelColumns]) {
  for (std::size_t r = 0; r < kRows; ++r) {
    for (T& s : sum[r]) s = bias != nullptr ? bias[r] : T{0};
  }
}

template <class T, std::size_t kRows>
void AddProduct(const T* rows, const T* columns,
                T (&sum)[kRows][kPanelColumns]) {
  for (std::size_t r = 0; r < kRows; ++r) {
    for (std::size_t j = 0; j < kPanelColumns; ++j) {
      sum[r][j] += rows[r] * columns[j];
    }
  }
}

template <class T, std::size_t kRows>
void GemmUkernel(std::size_t k, const T* weights, const T* panel,
                 const Tile<T>& tile) {
  T sum[kRows][kPanelColumns];
  StartTile(tile.bias, sum);
  for (; k > 0; --k, weights += kRows, panel += kPanelColumns) {
    AddProduct(weights, panel, sum);
  }
  StoreTile(sum, tile);
}

template <class T, std::size_t kRows>
void PixelColumnsUkernel(std::size_t k, const T* weights, const T* pixels,
                         const std::size_t* offsets, const Tile<T>& tile) {
  T sum[kRows][kPanelColumns];
  StartTile(tile.bias, sum);
  for (; k > 0; --k, weights += kRows, ++offsets) {
    AddProduct(weights, pixels + *offsets, sum);
  }
  StoreTile(sum, tile);
}

template <class T, std::size_t kRows>
void ChannelColumnsUkernel(std::size_t k, const T* weights, const T* pixels,
                           const std::size_t* offsets, const Tile<T>& tile) {
  T sum[kRows][kPanelColumns];
  StartTile<T, kRows>(nullptr, sum);
  for (; k > 0; --k, weights += kPanelColumns, ++offsets) {
    AddProduct(pixels + *offsets, weights, sum);
  }
  StoreTile(sum, tile);
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
void PackColumns(const T* source, std::size_t row_stride, std::size_t rows,
                 std::size_t columns, const std::size_t* places, T* packed) {
  for (std::size_t r = 0; r < rows; ++r, source += row_stride) {
    for (std::size_t j = 0; j < columns; ++j) {
      packed[places[j] * kPanelColumns + r] = source[j];
    }
  }
}

template <class T>
void PadRows(const PaddedRows<T>& rows, std::size_t step,
             const PaddedColumns<T>& columns) {
  T* out = std::fill_n(columns.out, rows.zero_rows_above * rows.pitch, T{0});
  const T* source = rows.source + columns.first;
  for (std::size_t r = 0; r < rows.rows; ++r, source += rows.source_pitch) {
    T* const next_row = out + rows.pitch;
    out = std::fill_n(out, columns.lead, T{0});
    for (std::size_t i = 0; i < columns.count; ++i) *out++ = source[i * step];
    out = std::fill_n(out, next_row - out, T{0});
  }
  std::fill_n(out, rows.zero_rows_below * rows.pitch + rows.tail, T{0});
}

template <class T>
void SplitRows(const PaddedRows<T>& rows, const PaddedColumns<T>& even,
               const PaddedColumns<T>& odd) {
  PadRows(rows, 2, even);
  PadRows(rows, 2, odd);
}

template <class T>
constexpr Microkernel<T> kGemm[] = {GemmUkernel<T, 1>, GemmUkernel<T, 2>,
                                    GemmUkernel<T, 3>, GemmUkernel<T, 4>};

template <class T>
constexpr OffsetMicrokernel<T> kPixelColumns[] = {
    PixelColumnsUkernel<T, 1>, PixelColumnsUkernel<T, 2>,
    PixelColumnsUkernel<T, 3>, PixelColumnsUkernel<T, 4>};

template <class T>
constexpr OffsetMicrokernel<T> kChannelColumns[] = {
    ChannelColumnsUkernel<T, 1>, ChannelColumnsUkernel<T, 2>,
    ChannelColumnsUkernel<T, 3>, ChannelColumnsUkernel<T, 4>};

template <class T>
constexpr KernelSet<T> kKernels{
    .max_rows = 4,
    .panel_columns = kPanelColumns,
    .with_rows = kGemm<T>,
    .pack_panels = PackPanels<T>,
    .pack_columns = PackColumns<T>,
    .pad_rows = PadRows<T>,
    .split_rows = SplitRows<T>,
    .pixel_columns = {4, kPanelColumns, kPixelColumns<T>},
    .depthwise = {1, kPanelColumns, kPixelColumns<T>},
    .channel_columns = {4, kPanelColumns, kChannelColumns<T>}};

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
