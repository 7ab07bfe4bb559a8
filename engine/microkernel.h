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

/// even[i] = source[2 i] and odd[i] = source[2 i + 1] for i < pairs; nullptr
/// for the half that is not wanted.
template <class T>
using PairSplitter = void (*)(const T* source, std::size_t pairs, T* even,
                              T* odd);

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
  PairSplitter<T> split_pairs;
  /// Rows are channels (weights packed), columns pixels at offsets.
  OffsetKernels<T> pixel_columns;
  /// One channel by as many pixels as there are registers for.
  OffsetKernels<T> depthwise;
  /// Rows are pixels at offsets, columns channels (weights packed, aligned to
  /// 64 bytes); tile.columns is NR and tile.kept nullptr.
  OffsetKernels<T> channel_columns;
};

}  // namespace opstat::engine
