#pragma once

#include <cstddef>
#include <memory>

#include "engine/algorithm.h"
#include "engine/scratch.h"
#include "engine/shape.h"

namespace opstat::engine {

/// One algorithm prepared for one shape: what a Conv2dPlan runs. Immutable and
/// thread-safe.
template <class T>
class Convolution {
 public:
  Convolution() = default;
  Convolution(const Convolution&) = delete;
  Convolution& operator=(const Convolution&) = delete;
  virtual ~Convolution() = default;

  /// The instruction set that runs, as OPSTAT_ISA spells it.
  virtual const char* Isa() const = 0;
  /// Elements of all buffers that the scratch policy governs.
  virtual std::size_t ScratchElements() const = 0;
  virtual std::size_t PackedWeightElements() const = 0;

  /// Brings weights [c_out][c_in/groups][kh][kw] into the order Run() reads.
  /// `packed` is aligned to 64 bytes.
  virtual void Pack(const T* weights, T* packed) const = 0;
  virtual void Run(const T* x, const T* packed, const T* bias, T* y,
                   Scratch scratch) const = 0;
};

/// REQUIRES: `algorithm` is not kAuto and can do `shape`. Throws ShapeError
/// and IsaError.
template <class T>
std::shared_ptr<const Convolution<T>> MakeConvolution(const Conv2dShape& shape,
                                                      Algorithm algorithm);

extern template std::shared_ptr<const Convolution<float>> MakeConvolution(
    const Conv2dShape&, Algorithm);
extern template std::shared_ptr<const Convolution<double>> MakeConvolution(
    const Conv2dShape&, Algorithm);

}  // namespace opstat::engine
