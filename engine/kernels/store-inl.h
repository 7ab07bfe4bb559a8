// How a tile of sums leaves the registers.
// Included once for each instruction set, by simd.cc.
#if defined(OPSTAT_ENGINE_KERNELS_STORE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OPSTAT_ENGINE_KERNELS_STORE_INL_H_
#undef OPSTAT_ENGINE_KERNELS_STORE_INL_H_
#else
#define OPSTAT_ENGINE_KERNELS_STORE_INL_H_
#endif

#include "engine/kernels/vector-inl.h"
#include "engine/microkernel.h"

HWY_BEFORE_NAMESPACE();
namespace opstat::engine::HWY_NAMESPACE {

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

// Which lane each lane takes when those of a mask close up. Static, unlike
// Highway's own table: g++ 12 copies that to the stack at each Compress(),
// 8 KiB for eight lanes.
template <class T>
struct LaneOrder {
  using Index = hwy::MakeUnsigned<T>;
  struct Table {
    alignas(32) Index lanes[size_t{1} << kLanes<T>][kLanes<T>];
  };
  static constexpr Table Make() {
    Table table{};
    for (size_t mask = 0; mask >> kLanes<T> == 0; ++mask) {
      size_t next = 0;
      for (size_t lane = 0; lane < kLanes<T>; ++lane) {
        if (mask >> lane & 1) {
          table.lanes[mask][next++] = static_cast<Index>(lane);
        }
      }
    }
    return table;
  }
  static constexpr Table kTable = Make();
};

// Brings the kept lanes of vectors to their front, in order.
template <class T>
class Compressor {
 public:
  HWY_INLINE explicit Compressor(hn::Mask<Tag<T>> kept)
      : count_(hn::CountTrue(Tag<T>(), kept)), how_(How(kept)) {}

  HWY_INLINE size_t count() const { return count_; }
  HWY_INLINE Vector<T> operator()(Vector<T> v) const {
    if constexpr (kCompresses) {
      return hn::Compress(v, how_);
    } else {
      return hn::TableLookupLanes(v, how_);
    }
  }

 private:
  // Whether that is one instruction.
  static constexpr bool kCompresses = HWY_TARGET == HWY_AVX3;

  static HWY_INLINE auto How(hn::Mask<Tag<T>> kept) {
    if constexpr (kCompresses) {
      return kept;
    } else {
      uint8_t bits[8];
      hn::StoreMaskBits(Tag<T>(), kept, bits);
      return hn::SetTableIndices(Tag<T>(), LaneOrder<T>::kTable.lanes[bits[0]]);
    }
  }

  size_t count_;
  decltype(How(hn::Mask<Tag<T>>())) how_;
};

// Whole vectors, each overwriting what the one before had no use for.
template <class T, size_t kRows, size_t kVectors>
HWY_INLINE void StoreKeptAndSpill(const Vector<T> (&sum)[kRows][kVectors],
                                  const Tile<T>& tile) {
  const Tag<T> d;
  T* HWY_RESTRICT column = tile.c;
  HWY_UNROLL(8)
  for (size_t v = 0; v < kVectors; ++v) {
    const Compressor<T> kept(
        hn::Ne(hn::LoadU(d, tile.kept + v * kLanes<T>), hn::Zero(d)));
    HWY_UNROLL(16)
    for (size_t r = 0; r < kRows; ++r) {
      hn::StoreU(kept(sum[r][v]), d, column + r * tile.row_stride);
    }
    column += kept.count();
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
    const Compressor<T> kept(
        hn::And(hn::FirstN(d, reach),
                hn::Ne(hn::LoadU(d, tile.kept + v * kLanes<T>), hn::Zero(d))));
    HWY_UNROLL(16)
    for (size_t r = 0; r < kRows; ++r) {
      StoreFirst<T>(kept(sum[r][v]), kept.count(), tile.accumulate,
                    column + r * tile.row_stride);
    }
    left -= reach;
    column += kept.count();
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

}  // namespace opstat::engine::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // target toggle
