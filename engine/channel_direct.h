#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "engine/balanced_split.h"
#include "engine/convolution.h"
#include "engine/dispatch.h"
#include "engine/padded_input.h"
#include "engine/taps.h"

namespace opstat::engine {

/// Direct convolution with the operands' parts exchanged: vectors run along
/// output channels and tiles are MR pixels of one row by NR channels. It
/// computes no position that is no pixel, which pays on maps that fill few
/// tiles of NR pixels (14x14, 7x7), and it skips all padding above and below;
/// in return the tiles have to be transposed on their way to y.
///
///     for each image, group, band of rows       pad the band
///       for each panel of NR channels
///         for each k block                      a panel's weights stay in L1
///           for each row, each MR pixels of it  microkernel, into sums
///         transpose sums [pixel][NR] into y [channel][pixel], add the bias
///
/// Without pads and with stride 1 the input itself is read, and there is no
/// scratch.
template <class T>
class ChannelDirectConvolution final : public Convolution<T> {
 public:
  /// Throws ShapeError.
  ChannelDirectConvolution(const Conv2dShape& shape, const IsaPath<T>& isa);

  const char* Isa() const override { return isa_.name; }
  std::size_t ScratchElements() const override {
    return padded_ ? padded_->Elements() : 0;
  }
  std::size_t PackedWeightElements() const override;
  void Pack(const T* weights, T* packed) const override;
  void Run(const T* x, const T* packed, const T* bias, T* y,
           Scratch scratch) const override;

 private:
  struct Band;
  void MultiplyBand(const Band& band, T* sums) const;
  void MultiplyPanel(const Band& band, const T* weights, T* sums) const;
  void MultiplyRow(const Band& band, std::size_t row, IndexRange taps,
                   const T* weights, bool accumulate, T* sums) const;
  void StorePanel(const Band& band, std::size_t panel, const T* sums) const;
  std::size_t Panels() const;

  LoweredShape lowered_;
  IsaPath<T> isa_;
  OffsetKernels<T> kernels_;
  std::size_t group_input_;  // elements of one group of one image
  TapOrder taps_;
  std::size_t rows_, width_;  // of the output, one row where rows are merged
  BalancedSplit bands_, depth_, row_;
  std::optional<PaddedInput<T>> padded_;
  std::size_t pitch_;
  std::vector<std::size_t> weight_places_, offsets_;  // of each k
};

extern template class ChannelDirectConvolution<float>;
extern template class ChannelDirectConvolution<double>;

}  // namespace opstat::engine
