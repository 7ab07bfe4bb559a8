#include "engine/padded_input.h"

#include <algorithm>
#include <initializer_list>

#include "engine/blocking.h"

namespace opstat::engine {
namespace {

std::size_t Size(std::int64_t value) { return static_cast<std::size_t>(value); }

/// The distinct phases that the taps of one axis fall into, ascending.
std::vector<std::size_t> UsedPhases(std::size_t taps, std::size_t dilation,
                                    std::size_t stride) {
  std::vector<std::size_t> phases;
  for (std::size_t t = 0; t < taps; ++t) {
    const std::size_t phase = t * dilation % stride;
    const auto place = std::ranges::lower_bound(phases, phase);
    if (place == phases.end() || *place != phase) phases.insert(place, phase);
  }
  return phases;
}

/// Product of `factors`; throws ShapeError when its bytes overflow.
template <class T>
std::size_t CheckedElements(std::initializer_list<std::size_t> factors) {
  std::size_t bytes = sizeof(T), elements = 1;
  for (const std::size_t factor : factors) {
    if (__builtin_mul_overflow(bytes, factor, &bytes) || bytes >> 62 != 0) {
      throw ShapeError("the bytes of the padded input overflow int64");
    }
    elements *= factor;
  }
  return elements;
}

/// Planes an odd number of cache lines apart: taps of all channels are read
/// together, and planes a power of two apart would meet in one cache set.
template <class T>
std::size_t OddCacheLines(std::size_t elements) {
  constexpr std::size_t kLine = 64 / sizeof(T);
  return ((elements + kLine - 1) / kLine | 1) * kLine;
}

/// What a RowPadder may write past the tail.
template <class T>
constexpr std::size_t kSpill = 64 / sizeof(T);

}  // namespace

template <class T>
std::size_t PaddedInput<T>::BandRows(const Conv2dShape& s,
                                     const LoweredShape& l) {
  const auto real = [](auto value) { return static_cast<double>(value); };
  const double row_bytes =
      real(s.c_in / s.groups) * real(std::min(s.kh, s.stride_h)) *
      real(std::min(s.kw, s.stride_w)) *
      (real(l.out_w) + real((s.kw - 1) * s.dil_w / s.stride_w)) * sizeof(T);
  const double reach = real((s.kh - 1) * s.dil_h / s.stride_h);
  const double rows = real(kPanelBytes) / row_bytes - reach;
  const double least = std::min(4.0, real(l.out_h));
  return static_cast<std::size_t>(std::clamp(rows, least, real(l.out_h)));
}

template <class T>
PaddedInput<T>::PaddedInput(const Conv2dShape& s, const LoweredShape& lowered,
                            std::size_t band_rows, std::size_t overread)
    : channels_(Size(s.c_in / s.groups)),
      h_(Size(s.h)),
      w_(Size(s.w)),
      stride_h_(Size(s.stride_h)),
      stride_w_(Size(s.stride_w)),
      dil_h_(Size(s.dil_h)),
      dil_w_(Size(s.dil_w)),
      pad_top_(Size(s.pad_top)),
      pad_left_(Size(s.pad_left)),
      row_reach_((Size(s.kh) - 1) * dil_h_ / stride_h_),
      row_phases_(UsedPhases(Size(s.kh), dil_h_, stride_h_)) {
  const std::size_t reach = (Size(s.kw) - 1) * dil_w_ / stride_w_;
  column_phases_ = ColumnPhases(UsedPhases(Size(s.kw), dil_w_, stride_w_),
                                lowered.out_w + reach);
  std::size_t shared = reach;
  for (const Phase& p : column_phases_) {
    const std::size_t used = p.lead + p.count;
    shared = std::min({shared, p.lead, lowered.out_w + reach - used});
  }
  pitch_ = lowered.out_w + reach - shared;
  tail_ = shared;
  const std::size_t rows = band_rows + row_reach_;
  CheckedElements<T>({rows + 1, pitch_ + 64, 2, row_phases_.size(),
                      column_phases_.size(), channels_ + 1});
  phase_plane_ = OddCacheLines<T>(rows * pitch_ + tail_ + kSpill<T>);
  channel_ = phase_plane_ * row_phases_.size() * column_phases_.size();
  elements_ = channel_ * channels_ + overread;
}

template <class T>
auto PaddedInput<T>::ColumnPhases(const std::vector<std::size_t>& phases,
                                  std::size_t needed) const
    -> std::vector<Phase> {
  std::vector<Phase> columns;
  for (const std::size_t phase : phases) {
    const std::size_t before =
        pad_left_ > phase ? (pad_left_ - phase - 1) / stride_w_ + 1 : 0;
    const std::size_t lead = std::min(before, needed);
    const std::size_t first = before * stride_w_ + phase - pad_left_;
    const std::size_t inside =
        first < w_ ? (w_ - first - 1) / stride_w_ + 1 : 0;
    columns.push_back({phase, lead, first, std::min(inside, needed - lead)});
  }
  return columns;
}

template <class T>
std::size_t PaddedInput<T>::Offset(std::size_t c, std::size_t kh,
                                   std::size_t kw) const {
  const auto row_phase =
      std::ranges::lower_bound(row_phases_, kh * dil_h_ % stride_h_);
  const auto column_phase = std::ranges::lower_bound(
      column_phases_, kw * dil_w_ % stride_w_, {}, &Phase::phase);
  const auto plane =
      static_cast<std::size_t>(row_phase - row_phases_.begin()) *
          column_phases_.size() +
      static_cast<std::size_t>(column_phase - column_phases_.begin());
  return c * channel_ + plane * phase_plane_ +
         kh * dil_h_ / stride_h_ * pitch_ + kw * dil_w_ / stride_w_;
}

template <class T>
void PaddedInput<T>::Fill(const T* x, std::size_t first_row, std::size_t rows,
                          const KernelSet<T>& kernels, T* padded) const {
  const std::size_t row_phases = row_phases_.size();
  const std::size_t wanted = rows + row_reach_;
  for (std::size_t c = 0; c < channels_; ++c, x += h_ * w_) {
    for (std::size_t p = 0; p < row_phases; ++p) {
      const std::size_t top = first_row * stride_h_ + row_phases_[p];
      // Rows of this phase up to padded row y, of those wanted.
      const auto rows_before = [&](std::size_t y) {
        const std::size_t before = y > top ? (y - top - 1) / stride_h_ + 1 : 0;
        return std::min(before, wanted);
      };
      const std::size_t above = rows_before(pad_top_);
      const std::size_t end = rows_before(pad_top_ + h_);
      FillRows(
          {.source = x + (top + above * stride_h_ - pad_top_) * w_,
           .source_pitch = stride_h_ * w_,
           .zero_rows_above = above,
           .rows = end - above,
           .zero_rows_below = wanted - end,
           .pitch = pitch_,
           .tail = tail_},
          kernels,
          padded + (c * row_phases + p) * column_phases_.size() * phase_plane_);
    }
  }
}

template <class T>
void PaddedInput<T>::FillRows(const PaddedRows<T>& rows,
                              const KernelSet<T>& kernels, T* padded) const {
  const auto columns = [&](std::size_t p) {
    const Phase& phase = column_phases_[p];
    return PaddedColumns<T>{padded + p * phase_plane_, phase.lead, phase.first,
                            phase.count};
  };
  if (stride_w_ == 2 && column_phases_.size() == 2) {
    const std::size_t even = column_phases_[0].first == 0 ? 0 : 1;
    return kernels.split_rows(rows, columns(even), columns(1 - even));
  }
  for (std::size_t p = 0; p < column_phases_.size(); ++p) {
    kernels.pad_rows(rows, stride_w_, columns(p));
  }
}

template class PaddedInput<float>;
template class PaddedInput<double>;

}  // namespace opstat::engine
