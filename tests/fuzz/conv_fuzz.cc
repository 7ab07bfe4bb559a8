// Every algorithm, instruction set and scratch policy against the reference,
// over shapes that the fuzzer draws. Inputs are small integers, so that sums
// are exact and every path must give the reference's values to the last bit.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "engine/conv2d.h"

namespace opstat::engine {
namespace {

/// The fuzzer's bytes, zeros after the last.
class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size)
      : data_(data), end_(data + size) {}

  std::int64_t UpTo(std::int64_t largest) { return Next() % (largest + 1); }
  std::int64_t From1To(std::int64_t largest) { return 1 + UpTo(largest - 1); }

  template <class T>
  std::vector<T> Integers(std::size_t count) {
    std::vector<T> values(count);
    for (std::size_t i = 0; i < count; ++i) {
      values[i] = static_cast<T>(static_cast<int>((i * 7 + Next()) % 9) - 4);
    }
    return values;
  }

 private:
  std::uint8_t Next() { return data_ == end_ ? std::uint8_t{0} : *data_++; }

  const std::uint8_t* data_;
  const std::uint8_t* end_;
};

Conv2dShape DrawShape(Bytes& bytes) {
  Conv2dShape s;
  s.groups = bytes.From1To(4);
  s.c_in = s.groups * bytes.From1To(bytes.UpTo(7) == 0 ? 90 : 6);
  s.c_out = s.groups * bytes.From1To(bytes.UpTo(3) == 0 ? 70 : 9);
  s.n = bytes.From1To(3);
  s.h = bytes.From1To(24);
  s.w = bytes.From1To(bytes.UpTo(3) == 0 ? 150 : 24);
  s.kh = bytes.From1To(6);
  s.kw = bytes.From1To(6);
  s.stride_h = bytes.From1To(4);
  s.stride_w = bytes.From1To(4);
  s.dil_h = bytes.From1To(5);
  s.dil_w = bytes.From1To(5);
  s.pad_top = bytes.UpTo(9);
  s.pad_left = bytes.UpTo(9);
  s.pad_bottom = bytes.UpTo(9);
  s.pad_right = bytes.UpTo(9);
  return s;
}

/// Whether the reference computes it in a moment.
bool IsQuick(const Conv2dShape& s) {
  try {
    const LoweredShape l = Lower(s);
    return l.groups * l.m * l.k * l.n < 2'000'000;
  } catch (const ShapeError&) {
    return false;
  }
}

template <class T>
std::vector<T> Output(const Conv2dPlan<T>& plan, const std::vector<T>& x,
                      const std::vector<T>& w, const T* bias, bool packed) {
  std::vector<T> y(plan.output_elements(), std::numeric_limits<T>::quiet_NaN());
  if (packed) {
    plan.Run(x.data(), plan.Pack(w.data()), bias, y.data());
  } else {
    plan.Run(x.data(), w.data(), bias, y.data());
  }
  return y;
}

[[noreturn]] void Fail(const Conv2dShape& s, std::string_view algorithm,
                       std::string_view isa, std::string_view scratch,
                       std::size_t element) {
  std::fprintf(
      stderr,
      "%s %s %s differs at %zu: n %ld c %ld %ldx%ld -> %ld kernel %ldx%ld pads "
      "%ld %ld %ld %ld strides %ld %ld dilations %ld %ld groups %ld\n",
      std::string(algorithm).c_str(), std::string(isa).c_str(),
      std::string(scratch).c_str(), element, s.n, s.c_in, s.h, s.w, s.c_out,
      s.kh, s.kw, s.pad_top, s.pad_left, s.pad_bottom, s.pad_right, s.stride_h,
      s.stride_w, s.dil_h, s.dil_w, s.groups);
  std::abort();
}

template <class T>
void CheckPlan(const Conv2dPlan<T>& plan, const std::vector<T>& x,
               const std::vector<T>& w, const T* bias,
               const std::vector<T>& want) {
  for (const bool packed : {false, true}) {
    const std::vector<T> got = Output(plan, x, w, bias, packed);
    for (std::size_t i = 0; i < want.size(); ++i) {
      if (got[i] != want[i]) {
        Fail(plan.shape(), Name(plan.algorithm()), plan.isa(),
             Name(plan.scratch()), i);
      }
    }
  }
}

template <class T>
void CheckShape(const Conv2dShape& shape, Bytes bytes) {
  const Conv2dPlan<T> reference(shape, Algorithm::kReference);
  const auto x = bytes.Integers<T>(reference.input_elements());
  const auto w = bytes.Integers<T>(reference.weight_elements());
  const auto biases = bytes.Integers<T>(static_cast<std::size_t>(shape.c_out));
  const T* bias = bytes.UpTo(1) == 0 ? biases.data() : nullptr;
  const auto want = Output(reference, x, w, bias, false);
  for (const Algorithm algorithm :
       {Algorithm::kAuto, Algorithm::kIm2col, Algorithm::kDirect,
        Algorithm::kPointwise, Algorithm::kDepthwise}) {
    for (const Scratch scratch :
         {Scratch::kPooled, Scratch::kAllocating, Scratch::kMapped}) {
      try {
        CheckPlan(Conv2dPlan<T>(shape, algorithm, scratch), x, w, bias, want);
      } catch (const AlgorithmError&) {
        // Cannot do the shape, as it says.
      }
    }
  }
}

}  // namespace
}  // namespace opstat::engine

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace opstat::engine;
  Bytes bytes(data, size);
  const Conv2dShape shape = DrawShape(bytes);
  if (!IsQuick(shape)) return -1;
  for (const std::string_view isa : UsableIsas()) {
    setenv("OPSTAT_ISA", isa.data(), 1);
    CheckShape<float>(shape, bytes);
    CheckShape<double>(shape, bytes);
  }
  unsetenv("OPSTAT_ISA");
  CheckShape<float>(shape, bytes);
  return 0;
}
