// Compiled once for each instruction set: foreach_target.h includes this file
// again and again, with HWY_NAMESPACE naming the set. What stands between
// HWY_BEFORE_NAMESPACE and HWY_AFTER_NAMESPACE is built with that set's
// instructions, so nothing from the standard library may be used there: the
// linker could keep its copy of an inline function for the whole program.

// SVE and RVV vectors have no size at compile time and cannot form a register
// tile; AVX3_DL adds nothing for floats to AVX3, which is AVX-512 F/BW/DQ/VL.
#define HWY_DISABLED_TARGETS \
  (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV | HWY_AVX3_DL)

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/kernels/simd.cc"
#include <hwy/foreach_target.h>
// Must come after foreach_target.h.
#include <hwy/highway.h>

#include "engine/kernels/simd.h"

// Highway's one-lane target serves as its fall-back; here that is scalar.cc.
#if HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_EMU128

#include "engine/kernels/rows-inl.h"
#include "engine/kernels/store-inl.h"

HWY_BEFORE_NAMESPACE();
namespace opstat::engine::HWY_NAMESPACE {

// A tile is MR x 2 vectors, and k needs 2 more for the panel and 1 for a
// weight: 14 rows fill the 32 registers of AVX-512, 6 the 16 of the others.
constexpr size_t kMaxRows = HWY_TARGET == HWY_AVX3 ? 14 : 6;

// Operand rows that follow each other.
template <class T, size_t kSize>
struct Following {
  const T* row;
  HWY_INLINE const T* Row() const { return row; }
  HWY_INLINE void Next() { row += kSize; }
};

// Operand rows at offsets.
template <class T>
struct AtOffsets {
  const T* source;
  const size_t* offset;
  HWY_INLINE const T* Row() const { return source + *offset; }
  HWY_INLINE void Next() { ++offset; }
};

template <class T, size_t kRows, size_t kVectors, class Rows, class Columns>
HWY_INLINE void MultiplyTile(size_t k, Rows rows, Columns columns,
                             const Tile<T>& tile) {
  const Tag<T> d;
  Vector<T> sum[kRows][kVectors];
  HWY_UNROLL(16)
  for (size_t r = 0; r < kRows; ++r) {
    const auto start = hn::Set(d, tile.bias ? tile.bias[r] : T{0});
    HWY_UNROLL(8)
    for (size_t v = 0; v < kVectors; ++v) sum[r][v] = start;
  }
  for (; k > 0; --k, rows.Next(), columns.Next()) {
    const T* HWY_RESTRICT left = rows.Row();
    const T* HWY_RESTRICT right = columns.Row();
    Vector<T> column[kVectors];
    HWY_UNROLL(8)
    for (size_t v = 0; v < kVectors; ++v) {
      column[v] = hn::LoadU(d, right + v * kLanes<T>);
    }
    HWY_UNROLL(16)
    for (size_t r = 0; r < kRows; ++r) {
      const auto factor = hn::Set(d, left[r]);
      HWY_UNROLL(8)
      for (size_t v = 0; v < kVectors; ++v) {
        sum[r][v] = hn::MulAdd(factor, column[v], sum[r][v]);
      }
    }
  }
  StoreTile<T>(sum, tile);
}

template <class T, size_t kRows>
struct GemmUkernel {
  using Pointer = Microkernel<T>;
  static void Run(size_t k, const T* weights, const T* panel,
                  const Tile<T>& tile) {
    MultiplyTile<T, kRows, 2>(k, Following<T, kRows>{weights},
                              Following<T, kPanelColumns<T>>{panel}, tile);
  }
};

template <class T, size_t kRows>
struct PixelColumnsUkernel {
  using Pointer = OffsetMicrokernel<T>;
  static void Run(size_t k, const T* weights, const T* pixels,
                  const size_t* offsets, const Tile<T>& tile) {
    MultiplyTile<T, kRows, 2>(k, Following<T, kRows>{weights},
                              AtOffsets<T>{pixels, offsets}, tile);
  }
};

template <class T, size_t kRows>
struct ChannelColumnsUkernel {
  using Pointer = OffsetMicrokernel<T>;
  static void Run(size_t k, const T* weights, const T* pixels,
                  const size_t* offsets, const Tile<T>& tile) {
    MultiplyTile<T, kRows, 2>(k, AtOffsets<T>{pixels, offsets},
                              Following<T, kPanelColumns<T>>{weights}, tile);
  }
};

// Eight sums hide the latency of a multiply-add, so one channel takes eight
// vectors of pixels; fewer where fewer are left.
constexpr size_t kDepthwiseVectors = 8;

template <class T, size_t kVectors>
void Depthwise(size_t k, const T* weights, const T* pixels,
               const size_t* offsets, const Tile<T>& tile) {
  if constexpr (kVectors > 1) {
    if (tile.columns <= kVectors / 2 * kLanes<T>) {
      return Depthwise<T, kVectors / 2>(k, weights, pixels, offsets, tile);
    }
  }
  MultiplyTile<T, 1, kVectors>(k, Following<T, 1>{weights},
                               AtOffsets<T>{pixels, offsets}, tile);
}

template <class T, size_t kOne>
struct DepthwiseUkernel {
  using Pointer = OffsetMicrokernel<T>;
  static void Run(size_t k, const T* weights, const T* pixels,
                  const size_t* offsets, const Tile<T>& tile) {
    Depthwise<T, kDepthwiseVectors>(k, weights, pixels, offsets, tile);
  }
};

// Ukernel<T, 1> ... Ukernel<T, kMaxRows>, in that order.
template <template <class, size_t> class Ukernel, class T, size_t... kRows>
struct UkernelTable {
  static constexpr
      typename Ukernel<T, 1>::Pointer kWithRows[] = {Ukernel<T, kRows>::Run...};
};
template <template <class, size_t> class Ukernel, class T, size_t kNext,
          size_t... kRows>
struct MakeUkernels : MakeUkernels<Ukernel, T, kNext - 1, kNext, kRows...> {};
template <template <class, size_t> class Ukernel, class T, size_t... kRows>
struct MakeUkernels<Ukernel, T, 0, kRows...>
    : UkernelTable<Ukernel, T, kRows...> {};

template <template <class, size_t> class Ukernel, class T>
constexpr OffsetKernels<T> OffsetTable(size_t columns) {
  return {kMaxRows, columns, MakeUkernels<Ukernel, T, kMaxRows>::kWithRows};
}

template <class T>
const KernelSet<T>* Kernels() {
  static constexpr KernelSet<T> kKernels{
      kMaxRows,
      kPanelColumns<T>,
      MakeUkernels<GemmUkernel, T, kMaxRows>::kWithRows,
      PackPanels<T>,
      PackColumns<T>,
      PadRows<T>,
      SplitRows<T>,
      OffsetTable<PixelColumnsUkernel, T>(kPanelColumns<T>),
      {1, kDepthwiseVectors * kLanes<T>,
       MakeUkernels<DepthwiseUkernel, T, 1>::kWithRows},
      OffsetTable<ChannelColumnsUkernel, T>(kPanelColumns<T>)};
  return &kKernels;
}

const KernelSet<float>* F32GemmUkernels() { return Kernels<float>(); }
const KernelSet<double>* F64GemmUkernels() { return Kernels<double>(); }

}  // namespace opstat::engine::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // a vector target

#if HWY_ONCE

namespace opstat::engine {

// Highway's own dispatch keeps one choice for the whole process. A choice for
// each plan needs this table; HWY_CHOOSE_* is nullptr for a set left out.
#define OPSTAT_ISA_ROW(name, target)                          \
  {                                                           \
    name, HWY_##target, HWY_CHOOSE_##target(F32GemmUkernels), \
        HWY_CHOOSE_##target(F64GemmUkernels)                  \
  }

const SimdIsa kSimdIsas[] = {
    OPSTAT_ISA_ROW("avx512", AVX3), OPSTAT_ISA_ROW("avx2", AVX2),
    OPSTAT_ISA_ROW("sse4", SSE4), OPSTAT_ISA_ROW("ssse3", SSSE3),
    OPSTAT_ISA_ROW("neon", NEON)};
const size_t kSimdIsaCount = sizeof(kSimdIsas) / sizeof(kSimdIsas[0]);

bool SimdIsa::RunsOnThisCpu() const {
  static const int64_t supported = hwy::SupportedTargets();
  return (supported & highway_target) != 0;
}

}  // namespace opstat::engine

#endif  // HWY_ONCE
