#include "engine/channel_direct.h"

#include <algorithm>

#include "engine/blocking.h"

namespace opstat::engine {
namespace {

/// Shorter than elsewhere: here the panel is weights, and it is read again for
/// every few pixels.
constexpr std::size_t kPanelDepth = 320;

bool ReadsInputInPlace(const Conv2dShape& s) {
  return s.pad_top == 0 && s.pad_left == 0 && s.pad_bottom == 0 &&
         s.pad_right == 0 && s.stride_h == 1 && s.stride_w == 1;
}

/// Whether output rows follow each other as input rows do.
bool RowsMerge(const Conv2dShape& s) {
  return ReadsInputInPlace(s) && s.kh == 1 && s.kw == 1;
}

}  // namespace

/// A band of one group of one image.
template <class T>
struct ChannelDirectConvolution<T>::Band {
  std::size_t first_row, rows;
  const T* source;   // where the band's first pixel is, but for tap offsets
  const T* weights;  // packed, of the group
  const T* bias;
  T* y;  // the group's first plane, at the band's first row
};

template <class T>
ChannelDirectConvolution<T>::ChannelDirectConvolution(const Conv2dShape& s,
                                                      const IsaPath<T>& isa)
    : lowered_(Lower(s)),
      isa_(isa),
      kernels_(isa.kernels->channel_columns),
      group_input_(static_cast<std::size_t>(s.c_in / s.groups * s.h * s.w)),
      taps_(s, lowered_),
      rows_(RowsMerge(s) ? 1 : lowered_.out_h),
      width_(RowsMerge(s) ? lowered_.plane : lowered_.out_w),
      bands_(rows_, PaddedInput<T>::BandRows(s, lowered_)),
      depth_(lowered_.k, kPanelDepth),
      row_(width_, kernels_.max_rows),
      pitch_(static_cast<std::size_t>(s.w)),
      weight_places_(taps_.WeightPlaces()) {
  if (!ReadsInputInPlace(s)) {
    padded_.emplace(s, lowered_, bands_.LargestSize(), kernels_.max_rows);
    pitch_ = padded_->pitch();
  }
  offsets_.reserve(taps_.size());
  taps_.ForEach([&](std::size_t c, std::size_t kh, std::size_t kw) {
    offsets_.push_back(padded_ ? padded_->Offset(c, kh, kw)
                               : c * static_cast<std::size_t>(s.h * s.w) +
                                     kh * static_cast<std::size_t>(s.dil_h) *
                                         pitch_ +
                                     kw * static_cast<std::size_t>(s.dil_w));
  });
}

template <class T>
std::size_t ChannelDirectConvolution<T>::Panels() const {
  return (lowered_.m + kernels_.columns - 1) / kernels_.columns;
}

template <class T>
std::size_t ChannelDirectConvolution<T>::PackedWeightElements() const {
  return lowered_.groups * Panels() * kernels_.columns * lowered_.k;
}

/// [group][panel][k][NR], the last panel filled up with zeros.
template <class T>
void ChannelDirectConvolution<T>::Pack(const T* weights, T* packed) const {
  const std::size_t m = lowered_.m, k = lowered_.k, nr = kernels_.columns;
  for (std::size_t g = 0; g < lowered_.groups; ++g, weights += m * k) {
    for (std::size_t j = 0; j < m; j += nr) {
      const std::size_t channels = std::min(nr, m - j);
      if (channels < nr) std::fill_n(packed, k * nr, T{0});
      isa_.kernels->pack_columns(weights + j * k, k, channels, k,
                                 weight_places_.data(), packed);
      packed += k * nr;
    }
  }
}

template <class T>
void ChannelDirectConvolution<T>::Run(const T* x, const T* packed,
                                      const T* bias, T* y,
                                      Scratch scratch) const {
  const LoweredShape& l = lowered_;
  auto& pools = ScratchPools<T>::Instance();
  std::optional<ScratchBuffer<T>> padded;
  if (padded_) padded.emplace(scratch, pools.padded, padded_->Elements());
  const auto sums =
      pools.sums.Acquire(bands_.LargestSize() * width_ * kernels_.columns);
  for (std::size_t slice = 0; slice < l.images * l.groups; ++slice) {
    const T* input = x + slice * group_input_;
    const std::size_t group = slice % l.groups;
    for (std::size_t b = 0; b < bands_.parts(); ++b) {
      const std::size_t first_row = bands_.Begin(b);
      if (padded_) {
        padded_->Fill(input, first_row, bands_.Size(b), *isa_.kernels,
                      padded->data());
      }
      MultiplyBand(
          {.first_row = first_row,
           .rows = bands_.Size(b),
           .source = padded ? padded->data() : input + first_row * pitch_,
           .weights = packed + group * Panels() * kernels_.columns * l.k,
           .bias = bias != nullptr ? bias + group * l.m : nullptr,
           .y = y + slice * l.m * l.plane + first_row * width_},
          sums.data());
    }
  }
}

template <class T>
void ChannelDirectConvolution<T>::MultiplyBand(const Band& band,
                                               T* sums) const {
  for (std::size_t panel = 0; panel < Panels(); ++panel) {
    MultiplyPanel(band, band.weights + panel * kernels_.columns * lowered_.k,
                  sums);
    StorePanel(band, panel, sums);
  }
}

template <class T>
void ChannelDirectConvolution<T>::MultiplyPanel(const Band& band,
                                                const T* weights,
                                                T* sums) const {
  for (std::size_t p = 0; p < depth_.parts(); ++p) {
    for (std::size_t row = 0; row < band.rows; ++row) {
      const IndexRange inside =
          taps_.Inside(band.first_row + row, band.first_row + row);
      const IndexRange taps{
          std::max(inside.begin, depth_.Begin(p)),
          std::min(inside.end, depth_.Begin(p) + depth_.Size(p))};
      // The first block sets every sum, be it to zero.
      if (taps.size() == 0 && p > 0) continue;
      MultiplyRow(band, row, taps, weights, p > 0,
                  sums + row * width_ * kernels_.columns);
    }
  }
}

template <class T>
void ChannelDirectConvolution<T>::MultiplyRow(const Band& band, std::size_t row,
                                              IndexRange taps, const T* weights,
                                              bool accumulate, T* sums) const {
  const std::size_t nr = kernels_.columns;
  for (std::size_t i = 0; i < row_.parts(); ++i) {
    const std::size_t pixel = row_.Begin(i);
    kernels_.with_rows[row_.Size(i) - 1](taps.size(), weights + taps.begin * nr,
                                         band.source + row * pitch_ + pixel,
                                         offsets_.data() + taps.begin,
                                         {.c = sums + pixel * nr,
                                          .row_stride = nr,
                                          .columns = nr,
                                          .bias = nullptr,
                                          .accumulate = accumulate});
  }
}

template <class T>
void ChannelDirectConvolution<T>::StorePanel(const Band& band,
                                             std::size_t panel,
                                             const T* sums) const {
  const std::size_t nr = kernels_.columns, first = panel * nr;
  const std::size_t pixels = band.rows * width_;
  for (std::size_t c = first; c < std::min(first + nr, lowered_.m); ++c) {
    const T bias = band.bias != nullptr ? band.bias[c] : T{0};
    T* out = band.y + c * lowered_.plane;
    const T* sum = sums + (c - first);
    for (std::size_t i = 0; i < pixels; ++i) out[i] = sum[i * nr] + bias;
  }
}

template class ChannelDirectConvolution<float>;
template class ChannelDirectConvolution<double>;

}  // namespace opstat::engine
