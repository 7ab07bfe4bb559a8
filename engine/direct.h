#pragma once

#include <cstddef>
#include <vector>

#include "engine/balanced_split.h"
#include "engine/convolution.h"
#include "engine/dispatch.h"
#include "engine/padded_input.h"
#include "engine/taps.h"

namespace opstat::engine {

/// Convolution without a column matrix: the microkernel reads each tap's row
/// of pixels from the padded input, where it lies contiguous. Blocked as Gemm
/// is, inside a loop over bands of output rows:
///
///     for each image, group, band of rows       pad the band; stays in L2
///       for each k block of KC
///         for each group of row blocks (MC)     packed weights stay in L2
///           for each tile of NR pixels
///             for each row block of MR          microkernel
///
/// A tile runs on across output rows: positions that belong to no pixel are
/// computed and dropped as the tile is stored. Where rows are close to whole
/// tiles, each row starts a tile of its own instead.
///
/// One group of one image is padded at a time, so scratch does not grow with
/// the batch or the groups.
template <class T>
class DirectConvolution final : public Convolution<T> {
 public:
  /// `kernels` is one of isa.kernels's. Throws ShapeError.
  DirectConvolution(const Conv2dShape& shape, const IsaPath<T>& isa,
                    const OffsetKernels<T>& kernels);

  /// Positions computed for each channel of each image, those dropped
  /// included.
  std::size_t TilePositions() const;

  const char* Isa() const override { return isa_.name; }
  std::size_t ScratchElements() const override { return padded_.Elements(); }
  std::size_t PackedWeightElements() const override;
  void Pack(const T* weights, T* packed) const override;
  void Run(const T* x, const T* packed, const T* bias, T* y,
           Scratch scratch) const override;

 private:
  struct Band;
  struct Strip;
  void MultiplyBand(const Band& band) const;
  void MultiplyRun(const Band& band, std::size_t depth_block,
                   std::size_t first_row_block, std::size_t row,
                   std::size_t rows) const;
  void MultiplyStrip(const Band& band, const Strip& strip,
                     std::size_t depth_block,
                     std::size_t first_row_block) const;
  bool TakesRowsAlone() const;

  LoweredShape lowered_;
  IsaPath<T> isa_;
  OffsetKernels<T> kernels_;
  std::size_t input_plane_, group_channels_;
  TapOrder taps_;
  BalancedSplit bands_;    // output rows
  BalancedSplit rows_;     // m in row blocks of at most MR
  BalancedSplit depth_;    // k in blocks of at most KC
  std::size_t row_group_;  // row blocks taken through the tiles together
  PaddedInput<T> padded_;
  bool rows_alone_;
  std::vector<std::size_t> weight_positions_, offsets_;  // of each k
  std::vector<T> kept_;  // of the positions from a row's first on
};

extern template class DirectConvolution<float>;
extern template class DirectConvolution<double>;

}  // namespace opstat::engine
