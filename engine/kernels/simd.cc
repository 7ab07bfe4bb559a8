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

HWY_BEFORE_NAMESPACE();
namespace opstat::engine::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// A tile is MR x 2 vectors, and k needs 2 more for the panel and 1 for a
// weight: 14 rows fill the 32 registers of AVX-512, 6 the 16 of the others.
constexpr size_t kMaxRows = HWY_TARGET == HWY_AVX3 ? 14 : 6;

template <class T>
using Tag = hn::ScalableTag<T>;

template <class T>
constexpr size_t kLanes = HWY_LANES(T);

template <class T>
constexpr size_t kPanelColumns = 2 * kLanes<T>;

template <class T, size_t kRows>
HWY_INLINE void StoreTile(const hn::Vec<Tag<T>> (&sum)[kRows][2],
                          const Tile<T>& tile) {
  const Tag<T> d;
  HWY_UNROLL(16)
  for (size_t r = 0; r < kRows; ++r) {
    T* HWY_RESTRICT row = tile.c + r * tile.row_stride;
    auto left = sum[r][0];
    auto right = sum[r][1];
    if (tile.accumulate) {
      left = hn::Add(left, hn::LoadU(d, row));
      right = hn::Add(right, hn::LoadU(d, row + kLanes<T>));
    }
    hn::StoreU(left, d, row);
    hn::StoreU(right, d, row + kLanes<T>);
  }
}

// The vectors would reach past the last column, so they take a detour.
template <class T, size_t kRows>
HWY_INLINE void StorePartOfTile(const hn::Vec<Tag<T>> (&sum)[kRows][2],
                                const Tile<T>& tile) {
  HWY_ALIGN T whole[kRows][kPanelColumns<T>];
  StoreTile<T, kRows>(
      sum, {whole[0], kPanelColumns<T>, kPanelColumns<T>, nullptr, false});
  for (size_t r = 0; r < kRows; ++r) {
    T* HWY_RESTRICT row = tile.c + r * tile.row_stride;
    for (size_t j = 0; j < tile.columns; ++j) {
      row[j] = tile.accumulate ? row[j] + whole[r][j] : whole[r][j];
    }
  }
}

template <class T, size_t kRows>
void GemmUkernel(size_t k, const T* HWY_RESTRICT weights,
                 const T* HWY_RESTRICT panel, const Tile<T>& tile) {
  const Tag<T> d;
  hn::Vec<Tag<T>> sum[kRows][2];
  HWY_UNROLL(16)
  for (size_t r = 0; r < kRows; ++r) {
    sum[r][0] = sum[r][1] = hn::Set(d, tile.bias ? tile.bias[r] : T{0});
  }
  for (; k > 0; --k, weights += kRows, panel += kPanelColumns<T>) {
    const auto left = hn::Load(d, panel);
    const auto right = hn::Load(d, panel + kLanes<T>);
    HWY_UNROLL(16)
    for (size_t r = 0; r < kRows; ++r) {
      const auto weight = hn::Set(d, weights[r]);
      sum[r][0] = hn::MulAdd(weight, left, sum[r][0]);
      sum[r][1] = hn::MulAdd(weight, right, sum[r][1]);
    }
  }
  if (tile.columns == kPanelColumns<T>) {
    StoreTile<T, kRows>(sum, tile);
  } else {
    StorePartOfTile<T, kRows>(sum, tile);
  }
}

template <class T>
HWY_INLINE void CopyPanelRow(const T* HWY_RESTRICT source,
                             T* HWY_RESTRICT packed) {
  const Tag<T> d;
  hn::Store(hn::LoadU(d, source), d, packed);
  hn::Store(hn::LoadU(d, source + kLanes<T>), d, packed + kLanes<T>);
}

// Row by row, because a source row is contiguous across panels: rows may lie
// a power of two apart, where walking down a panel meets one cache set only.
template <class T>
void PackPanels(const T* HWY_RESTRICT source, size_t row_stride, size_t rows,
                size_t columns, T* HWY_RESTRICT packed) {
  constexpr size_t kNr = kPanelColumns<T>;
  const size_t whole = columns - columns % kNr;
  for (size_t r = 0; r < rows; ++r) {
    const T* HWY_RESTRICT row = source + r * row_stride;
    T* HWY_RESTRICT slot = packed + r * kNr;
    for (size_t j = 0; j < whole; j += kNr, slot += rows * kNr) {
      CopyPanelRow<T>(row + j, slot);
    }
    if (whole == columns) continue;
    for (size_t j = 0; j < kNr; ++j) {
      slot[j] = whole + j < columns ? row[whole + j] : T{0};
    }
  }
}

// GemmUkernel<T, 1> ... GemmUkernel<T, kMaxRows>, in that order.
template <class T, size_t... kRows>
struct UkernelTable {
  static constexpr Microkernel<T> kWithRows[] = {GemmUkernel<T, kRows>...};
};
template <class T, size_t kNext, size_t... kRows>
struct MakeUkernels : MakeUkernels<T, kNext - 1, kNext, kRows...> {};
template <class T, size_t... kRows>
struct MakeUkernels<T, 0, kRows...> : UkernelTable<T, kRows...> {};

template <class T>
const KernelSet<T>* Kernels() {
  static constexpr KernelSet<T> kKernels{kMaxRows, kPanelColumns<T>,
                                         MakeUkernels<T, kMaxRows>::kWithRows,
                                         PackPanels<T>};
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
