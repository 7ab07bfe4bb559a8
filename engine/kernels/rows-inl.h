// Copies of rows: panels of columns, padded input.
// Included once for each instruction set, by simd.cc.
#if defined(OPSTAT_ENGINE_KERNELS_ROWS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OPSTAT_ENGINE_KERNELS_ROWS_INL_H_
#undef OPSTAT_ENGINE_KERNELS_ROWS_INL_H_
#else
#define OPSTAT_ENGINE_KERNELS_ROWS_INL_H_
#endif

#include <hwy/cache_control.h>

#include "engine/kernels/vector-inl.h"
#include "engine/microkernel.h"

HWY_BEFORE_NAMESPACE();
namespace opstat::engine::HWY_NAMESPACE {

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

// Four rows by four columns, or two by two: a vector of 128 bits each.
template <class T>
HWY_INLINE void PackSquare(const T* HWY_RESTRICT source, size_t row_stride,
                           const size_t* places, T* HWY_RESTRICT packed) {
  const hn::Full128<T> d;
  const auto row = [&](size_t r) HWY_ATTR {
    return hn::LoadU(d, source + r * row_stride);
  };
  const auto store = [&](hn::Vec<decltype(d)> column, size_t j) HWY_ATTR {
    hn::StoreU(column, d, packed + places[j] * kPanelColumns<T>);
  };
  if constexpr (sizeof(T) == 8) {
    store(hn::InterleaveLower(d, row(0), row(1)), 0);
    store(hn::InterleaveUpper(d, row(0), row(1)), 1);
  } else {
    const auto even_low = hn::InterleaveLower(d, row(0), row(2));
    const auto even_high = hn::InterleaveUpper(d, row(0), row(2));
    const auto odd_low = hn::InterleaveLower(d, row(1), row(3));
    const auto odd_high = hn::InterleaveUpper(d, row(1), row(3));
    store(hn::InterleaveLower(d, even_low, odd_low), 0);
    store(hn::InterleaveUpper(d, even_low, odd_low), 1);
    store(hn::InterleaveLower(d, even_high, odd_high), 2);
    store(hn::InterleaveUpper(d, even_high, odd_high), 3);
  }
}

// A cache line of each row at a time: rows may lie so that few of their lines
// fit into the L1 cache together, while what is written here stays in it.
template <class T>
void PackColumns(const T* HWY_RESTRICT source, size_t row_stride, size_t rows,
                 size_t columns, const size_t* HWY_RESTRICT places,
                 T* HWY_RESTRICT packed) {
  constexpr size_t kSide = 16 / sizeof(T);
  constexpr size_t kLine = 64 / sizeof(T);
  const size_t whole_rows = rows - rows % kSide;
  const size_t whole_columns = columns - columns % kLine;
  for (size_t j = 0; j < whole_columns; j += kLine) {
    for (size_t r = 0; r < whole_rows; r += kSide) {
      for (size_t i = 0; i < kSide; ++i) {
        hwy::Prefetch(source + (r + i) * row_stride + j + 2 * kLine);
      }
      HWY_UNROLL(8)
      for (size_t i = j; i < j + kLine; i += kSide) {
        PackSquare(source + r * row_stride + i, row_stride, places + i,
                   packed + r);
      }
    }
  }
  for (size_t r = 0; r < rows; ++r) {
    for (size_t j = r < whole_rows ? whole_columns : 0; j < columns; ++j) {
      packed[places[j] * kPanelColumns<T> + r] = source[r * row_stride + j];
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

}  // namespace opstat::engine::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // target toggle
