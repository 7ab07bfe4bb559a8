#include "engine/convolution.h"

#include <algorithm>

#include "engine/blocking.h"
#include "engine/channel_direct.h"
#include "engine/direct.h"
#include "engine/dispatch.h"
#include "engine/im2col_convolution.h"
#include "engine/reference.h"

namespace opstat::engine {
namespace {

template <class T>
using Pointer = std::shared_ptr<const Convolution<T>>;

template <class T>
class ReferenceConvolution final : public Convolution<T> {
 public:
  explicit ReferenceConvolution(const Conv2dShape& shape)
      : shape_(shape), lowered_(Lower(shape)) {}

  const char* Isa() const override { return "scalar"; }
  std::size_t ScratchElements() const override { return 0; }
  std::size_t PackedWeightElements() const override {
    return lowered_.groups * lowered_.m * lowered_.k;
  }
  void Pack(const T* weights, T* packed) const override {
    std::copy_n(weights, PackedWeightElements(), packed);
  }
  void Run(const T* x, const T* packed, const T* bias, T* y,
           Scratch /*scratch*/) const override {
    ReferenceConv2d(shape_, x, packed, bias, y);
  }

 private:
  Conv2dShape shape_;
  LoweredShape lowered_;
};

/// What transposing a tile costs, in steps of k: an estimate, a cycle and a
/// half for each element where a cycle makes 32 multiply-adds.
constexpr std::size_t kTransposeDepth = 48;

/// Whether vectors along channels leave less unused than `positions` a channel
/// along pixels.
template <class T>
bool ChannelsFillVectors(const LoweredShape& l, const KernelSet<T>& kernels,
                         std::size_t positions) {
  const std::size_t channels = RoundUp(l.m, kernels.channel_columns.columns);
  return l.plane * channels * (l.k + kTransposeDepth) < positions * l.m * l.k;
}

template <class T>
Pointer<T> MakePointwise(const Conv2dShape& shape) {
  const LoweredShape l = Lower(shape);
  const IsaPath<T> isa = ChooseIsa<T>(std::max(l.plane, l.m));
  const std::size_t nr = isa.kernels->panel_columns;
  if (ChannelsFillVectors(l, *isa.kernels, RoundUp(l.plane, nr))) {
    return std::make_shared<ChannelDirectConvolution<T>>(shape, isa);
  }
  return std::make_shared<PointwiseConvolution<T>>(shape, isa);
}

template <class T>
Pointer<T> MakeDirect(const Conv2dShape& shape) {
  const LoweredShape l = Lower(shape);
  const IsaPath<T> isa = ChooseIsa<T>(std::max(l.plane, l.m));
  auto along_pixels = std::make_shared<DirectConvolution<T>>(
      shape, isa, isa.kernels->pixel_columns);
  if (ChannelsFillVectors(l, *isa.kernels, along_pixels->TilePositions())) {
    return std::make_shared<ChannelDirectConvolution<T>>(shape, isa);
  }
  return along_pixels;
}

}  // namespace

template <class T>
Pointer<T> MakeConvolution(const Conv2dShape& shape, Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::kReference:
      return std::make_shared<ReferenceConvolution<T>>(shape);
    case Algorithm::kIm2col:
      return std::make_shared<Im2colConvolution<T>>(shape);
    case Algorithm::kPointwise:
      return MakePointwise<T>(shape);
    case Algorithm::kDepthwise: {
      const IsaPath<T> isa = ChooseIsa<T>(Lower(shape).plane);
      return std::make_shared<DirectConvolution<T>>(shape, isa,
                                                    isa.kernels->depthwise);
    }
    default:
      return MakeDirect<T>(shape);
  }
}

template std::shared_ptr<const Convolution<float>> MakeConvolution(
    const Conv2dShape&, Algorithm);
template std::shared_ptr<const Convolution<double>> MakeConvolution(
    const Conv2dShape&, Algorithm);

}  // namespace opstat::engine
