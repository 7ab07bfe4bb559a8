#pragma once

#include <cstddef>

namespace opstat::engine {

/// Where a microkernel puts its tile, and what it starts from.
template <class T>
struct Tile {
  T* c;  ///< row r is at c + r * row_stride
  std::size_t row_stride;
  std::size_t columns;  ///< 1..NR to store; the rest of the panel is dropped
  const T* bias;        ///< one value a row to start from; nullptr: zeros
  bool accumulate;      ///< add to what c holds instead of replacing it
  /// nullptr: every column is stored. Else NR values, 0 for a column that is
  /// dropped; those that stay close up, so they follow each other in c.
  const T* kept = nullptr;
  /// With `kept`: NR elements from c on may be overwritten, because later tiles
  /// store them.
  bool may_spill = false;
};

/// The innermost loop of the matrix product: a tile of MR rows (output
/// channels) by NR columns (pixels), held in registers while k runs.
///     C[r][j] (+)= bias[r] + sum over k of weights[k][r] * panel[k][j]
/// `weights` is a packed row block [k][MR] and `panel` a packed panel [k][NR]
/// (see pack.h); the panel is aligned to 64 bytes, nothing else need be.
/// Nothing overlaps. Vectors run along pixels, so NCHW output is stored as it
/// is, and a row's bias costs nothing as its accumulator's first value.
template <class T>
using Microkernel = void (*)(std::size_t k, const T* weights, const T* panel,
                             const Tile<T>& tile);

/// The same with one operand left where it is: its row k starts at
/// source + offsets[k] instead of following row k - 1. `packed` is the other.
/// Reads NR columns of each row, or MR rows of each column, whatever
/// tile.columns says.
template <class T>
using OffsetMicrokernel = void (*)(std::size_t k, const T* packed,
                                   const T* source, const std::size_t* offsets,
                                   const Tile<T>& tile);

/// Packs `rows` rows of `columns` elements, `row_stride` apart, into panels of
/// NR columns, the last one filled up with zeros.
template <class T>
using PanelPacker = void (*)(const T* source, std::size_t row_stride,
                             std::size_t rows, std::size_t columns, T* packed);

/// Turns `rows` rows of `columns` elements, `row_stride` apart, into columns:
///     packed[places[j] * NR + r] = source[r * row_stride + j],  r < rows <= NR
template <class T>
using ColumnPacker = void (*)(const T* source, std::size_t row_stride,
                              std::size_t rows, std::size_t columns,
                              const std::size_t* places, T* packed);

/// Where one column phase of a channel's padded rows goes. A row is `lead`
/// zeros, `count` elements from column `first` on, and zeros up to the pitch.
template <class T>
struct PaddedColumns {
  T* out;
  std::size_t lead, first, count;
};

/// Rows of one channel of an input that are to be padded.
template <class T>
struct PaddedRows {
  const T* source;
  std::size_t source_pitch;
  std::size_t zero_rows_above, rows, zero_rows_below;
  std::size_t pitch;  ///< of the padded rows
  std::size_t tail;   ///< zeros behind the last one
};

/// Pads rows into one column phase, taking every step-th element.
/// Writes up to 64 bytes past the tail.
template <class T>
using RowPadder = void (*)(const PaddedRows<T>& rows, std::size_t step,
                           const PaddedColumns<T>& columns);

/// The same into the two phases of step 2 at once; even.first is 0 and
/// odd.first 1.
template <class T>
using RowSplitter = void (*)(const PaddedRows<T>& rows,
                             const PaddedColumns<T>& even,
                             const PaddedColumns<T>& odd);

/// A microkernel for each number of rows, so that rows can be split evenly
/// instead of leaving a thin last block.
template <class T>
struct OffsetKernels {
  std::size_t max_rows;                   ///< MR is 1..max_rows
  std::size_t columns;                    ///< NR
  const OffsetMicrokernel<T>* with_rows;  ///< with_rows[MR - 1]
};

/// The microkernels of one instruction set.
template <class T>
struct KernelSet {
  std::size_t max_rows;             ///< MR is 1..max_rows
  std::size_t panel_columns;        ///< NR
  const Microkernel<T>* with_rows;  ///< with_rows[MR - 1]
  PanelPacker<T> pack_panels;
  ColumnPacker<T> pack_columns;  ///< for channel_columns
  RowPadder<T> pad_rows;
  RowSplitter<T> split_rows;
  /// Rows are channels (weights packed), columns pixels at offsets.
  OffsetKernels<T> pixel_columns;
  /// One channel by as many pixels as there are registers for.
  OffsetKernels<T> depthwise;
  /// Rows are pixels at offsets, columns channels (weights packed, aligned to
  /// 64 bytes); tile.columns is NR and tile.kept nullptr.
  OffsetKernels<T> channel_columns;
};

}  // namespace opstat::engine
