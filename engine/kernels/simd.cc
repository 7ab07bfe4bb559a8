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

template <class T>
using Vector = hn::Vec<Tag<T>>;

// A masked access may not touch what it masks out; SSE and NEON have none.
constexpr bool kMaskedAccess = HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX2;

// Stores the first `count` lanes.
template <class T>
HWY_INLINE void StoreFirst(Vector<T> sum, size_t count, bool accumulate,
                           T* HWY_RESTRICT target) {
  const Tag<T> d;
  if constexpr (kMaskedAccess) {
    const auto first = hn::FirstN(d, count);
    if (accumulate) sum = hn::Add(sum, hn::MaskedLoad(first, d, target));
    hn::BlendedStore(sum, first, d, target);
  } else {
    HWY_ALIGN T whole[kLanes<T>];
    hn::Store(sum, d, whole);
    for (size_t j = 0; j < count; ++j) {
      target[j] = accumulate ? target[j] + whole[j] : whole[j];
    }
  }
}

template <class T, size_t kRows, size_t kVectors>
HWY_INLINE void StoreWholeTile(const Vector<T> (&sum)[kRows][kVectors],
                               const Tile<T>& tile) {
  const Tag<T> d;
  HWY_UNROLL(16)
  for (size_t r = 0; r < kRows; ++r) {
    T* HWY_RESTRICT row = tile.c + r * tile.row_stride;
    HWY_UNROLL(8)
    for (size_t v = 0; v < kVectors; ++v) {
      T* target = row + v * kLanes<T>;
      auto value = sum[r][v];
      if (tile.accumulate) value = hn::Add(value, hn::LoadU(d, target));
      hn::StoreU(value, d, target);
    }
  }
}

template <class T, size_t kRows, size_t kVectors>
HWY_INLINE void StorePartOfTile(const Vector<T> (&sum)[kRows][kVectors],
                                const Tile<T>& tile) {
  size_t left = tile.columns;
  T* HWY_RESTRICT column = tile.c;
  HWY_UNROLL(8)
  for (size_t v = 0; v < kVectors; ++v) {
    const size_t count = left < kLanes<T> ? left : kLanes<T>;
    HWY_UNROLL(16)
    for (size_t r = 0; r < kRows; ++r) {
      StoreFirst<T>(sum[r][v], count, tile.accumulate,
                    column + r * tile.row_stride);
    }
    left -= count;
    column += count;
  }
}

// Whole vectors, each overwriting what the one before had no use for.
template <class T, size_t kRows, size_t kVectors>
HWY_INLINE void StoreKeptAndSpill(const Vector<T> (&sum)[kRows][kVectors],
                                  const Tile<T>& tile) {
  const Tag<T> d;
  T* HWY_RESTRICT column = tile.c;
  HWY_UNROLL(8)
  for (size_t v = 0; v < kVectors; ++v) {
    const auto kept =
        hn::Ne(hn::LoadU(d, tile.kept + v * kLanes<T>), hn::Zero(d));
    HWY_UNROLL(16)
    for (size_t r = 0; r < kRows; ++r) {
      hn::StoreU(hn::Compress(sum[r][v], kept), d,
                 column + r * tile.row_stride);
    }
    column += hn::CountTrue(d, kept);
  }
}

// Kept lanes of successive vectors are neighbours in memory.
template <class T, size_t kRows, size_t kVectors>
HWY_INLINE void StoreKeptOfTile(const Vector<T> (&sum)[kRows][kVectors],
                                const Tile<T>& tile) {
  const Tag<T> d;
  if (tile.may_spill && !tile.accumulate) {
    return StoreKeptAndSpill<T>(sum, tile);
  }
  size_t left = tile.columns;
  T* HWY_RESTRICT column = tile.c;
  HWY_UNROLL(8)
  for (size_t v = 0; v < kVectors; ++v) {
    const size_t reach = left < kLanes<T> ? left : kLanes<T>;
    const auto kept =
        hn::And(hn::FirstN(d, reach),
                hn::Ne(hn::LoadU(d, tile.kept + v * kLanes<T>), hn::Zero(d)));
    const size_t count = hn::CountTrue(d, kept);
    HWY_UNROLL(16)
    for (size_t r = 0; r < kRows; ++r) {
      StoreFirst<T>(hn::Compress(sum[r][v], kept), count, tile.accumulate,
                    column + r * tile.row_stride);
    }
    left -= reach;
    column += count;
  }
}

template <class T, size_t kRows, size_t kVectors>
HWY_INLINE void StoreTile(const Vector<T> (&sum)[kRows][kVectors],
                          const Tile<T>& tile) {
  if (tile.kept != nullptr) {
    StoreKeptOfTile<T>(sum, tile);
  } else if (tile.columns == kVectors * kLanes<T>) {
    StoreWholeTile<T>(sum, tile);
  } else {
    StorePartOfTile<T>(sum, tile);
  }
}

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

// Zeros from `out` to at least `end`, whole vectors. Rows are padded in
// ascending order, so what is written past a row's end is overwritten.
template <class T>
HWY_INLINE void StoreZeros(T* out, const T* end) {
  const Tag<T> d;
  for (; out < end; out += kLanes<T>) hn::StoreU(hn::Zero(d), d, out);
}

template <class T>
HWY_INLINE void CopyRow(const T* HWY_RESTRICT source, size_t count,
                        T* HWY_RESTRICT out) {
  const Tag<T> d;
  size_t i = 0;
  for (; i + kLanes<T> <= count; i += kLanes<T>) {
    hn::StoreU(hn::LoadU(d, source + i), d, out + i);
  }
  if (i == count) return;
  if (count >= kLanes<T>) {
    i = count - kLanes<T>;
    hn::StoreU(hn::LoadU(d, source + i), d, out + i);
  } else if constexpr (kMaskedAccess) {
    hn::StoreU(hn::MaskedLoad(hn::FirstN(d, count), d, source), d, out);
  } else {
    for (; i < count; ++i) out[i] = source[i];
  }
}

template <class T>
HWY_INLINE void CopyEveryStep(const T* HWY_RESTRICT source, size_t step,
                              size_t count, T* HWY_RESTRICT out) {
  const Tag<T> d;
  if (step == 1) return CopyRow(source, count, out);
  size_t i = 0;
  // The element after the last pair's even one must exist: hence < and not <=.
  for (; step == 2 && i + kLanes<T> < count; i += kLanes<T>) {
    const auto low = hn::LoadU(d, source + 2 * i);
    const auto high = hn::LoadU(d, source + 2 * i + kLanes<T>);
    hn::StoreU(hn::ConcatEven(d, high, low), d, out + i);
  }
  for (; i < count; ++i) out[i] = source[i * step];
}

template <class T>
void PadRows(const PaddedRows<T>& rows, size_t step,
             const PaddedColumns<T>& columns) {
  T* out = columns.out;
  T* const first_row = out + rows.zero_rows_above * rows.pitch;
  StoreZeros(out, first_row);
  const T* source = rows.source + columns.first;
  out = first_row;
  for (size_t r = 0; r < rows.rows; ++r) {
    T* const data = out + columns.lead;
    StoreZeros(out, data);
    StoreZeros(data + columns.count, out + rows.pitch);
    CopyEveryStep(source, step, columns.count, data);
    source += rows.source_pitch;
    out += rows.pitch;
  }
  StoreZeros(out, out + rows.zero_rows_below * rows.pitch + rows.tail);
}

template <class T>
HWY_INLINE void SplitVector(const T* HWY_RESTRICT source, T* even, T* odd) {
  const Tag<T> d;
  const auto low = hn::LoadU(d, source);
  const auto high = hn::LoadU(d, source + kLanes<T>);
  hn::StoreU(hn::ConcatEven(d, high, low), d, even);
  hn::StoreU(hn::ConcatOdd(d, high, low), d, odd);
}

template <class T>
HWY_INLINE void SplitRow(const T* HWY_RESTRICT source, size_t evens,
                         size_t odds, T* even, T* odd) {
  const size_t pairs = evens < odds ? evens : odds;
  size_t i = 0;
  if (pairs >= kLanes<T>) {
    for (; i + kLanes<T> <= pairs; i += kLanes<T>) {
      SplitVector(source + 2 * i, even + i, odd + i);
    }
    if (i < pairs) {
      i = pairs - kLanes<T>;
      SplitVector(source + 2 * i, even + i, odd + i);
    }
    i = pairs;
  }
  for (; i < pairs; ++i) {
    even[i] = source[2 * i];
    odd[i] = source[2 * i + 1];
  }
  for (; i < evens; ++i) even[i] = source[2 * i];
  for (i = pairs; i < odds; ++i) odd[i] = source[2 * i + 1];
}

template <class T>
void SplitRows(const PaddedRows<T>& rows, const PaddedColumns<T>& even,
               const PaddedColumns<T>& odd) {
  const size_t above = rows.zero_rows_above * rows.pitch;
  StoreZeros(even.out, even.out + above);
  StoreZeros(odd.out, odd.out + above);
  T* even_out = even.out + above;
  T* odd_out = odd.out + above;
  const T* source = rows.source;
  for (size_t r = 0; r < rows.rows; ++r) {
    T* const even_data = even_out + even.lead;
    T* const odd_data = odd_out + odd.lead;
    StoreZeros(even_out, even_data);
    StoreZeros(odd_out, odd_data);
    StoreZeros(even_data + even.count, even_out + rows.pitch);
    StoreZeros(odd_data + odd.count, odd_out + rows.pitch);
    SplitRow(source, even.count, odd.count, even_data, odd_data);
    source += rows.source_pitch;
    even_out += rows.pitch;
    odd_out += rows.pitch;
  }
  const size_t below = rows.zero_rows_below * rows.pitch + rows.tail;
  StoreZeros(even_out, even_out + below);
  StoreZeros(odd_out, odd_out + below);
}

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
