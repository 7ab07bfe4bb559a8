#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/microkernel.h"
#include "engine/shape.h"

namespace opstat::engine {

/// A copy of one group's input rows, laid out so that what one kernel tap
/// reads for neighbouring output pixels are neighbours in memory, whatever
/// the stride:
///     [c][row phase][column phase][rows][pitch]
/// Padded row y lies in row phase y mod stride_h at row y / stride_h, columns
/// likewise; phases that no tap reads are left out. So output pixel (oh, ow)
/// is at oh * pitch + ow under every tap's Offset(), with no bounds to test.
///
/// A row ends where the zeros start that the next row begins with: the pads of
/// the right side serve as those of the left. Between the output pixels of two
/// rows lie pitch() - ow positions that belong to no pixel.
///
/// It holds a band of output rows at a time, so that it stays in the L2 cache.
template <class T>
class PaddedInput {
 public:
  /// Output rows of a band: as many as make kPanelBytes of padded input, but
  /// a few in any case, because neighbouring bands copy some rows twice.
  static std::size_t BandRows(const Conv2dShape& shape,
                              const LoweredShape& lowered);

  /// For bands of at most `band_rows` output rows, read by kernels that take
  /// `overread` positions from the first of a tile on. Throws ShapeError when
  /// its bytes overflow. REQUIRES: lowered == Lower(shape).
  PaddedInput(const Conv2dShape& shape, const LoweredShape& lowered,
              std::size_t band_rows, std::size_t overread);

  std::size_t Elements() const { return elements_; }
  std::size_t pitch() const { return pitch_; }

  /// Where tap (kh, kw) of channel c of the group finds output pixel 0 of the
  /// band.
  std::size_t Offset(std::size_t c, std::size_t kh, std::size_t kw) const;

  /// Lays out what output rows [first_row, first_row + rows) read of x, the
  /// first plane of the group in one image. Writes every element that an
  /// output pixel reads; between and behind them some stay as they are.
  void Fill(const T* x, std::size_t first_row, std::size_t rows,
            const KernelSet<T>& kernels, T* padded) const;

 private:
  /// What one column phase takes from each input row; see PaddedColumns.
  struct Phase {
    std::size_t phase, lead, first, count;
  };

  std::vector<Phase> ColumnPhases(const std::vector<std::size_t>& phases,
                                  std::size_t needed) const;
  void FillRows(const PaddedRows<T>& rows, const KernelSet<T>& kernels,
                T* padded) const;

  std::size_t channels_, h_, w_;
  std::size_t stride_h_, stride_w_, dil_h_, dil_w_, pad_top_, pad_left_;
  std::size_t row_reach_;  // rows of a phase beyond the output rows
  std::vector<std::size_t> row_phases_;
  std::vector<Phase> column_phases_;
  std::size_t pitch_, tail_;
  std::size_t phase_plane_;  // one column phase of one row phase
  std::size_t channel_;      // all phases of a channel
  std::size_t elements_;
};

extern template class PaddedInput<float>;
extern template class PaddedInput<double>;

}  // namespace opstat::engine
