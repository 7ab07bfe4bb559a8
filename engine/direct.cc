#include "engine/direct.h"

#include <algorithm>

#include "engine/blocking.h"
#include "engine/pack.h"

namespace opstat::engine {
/// A band of one group of one image.
template <class T>
struct DirectConvolution<T>::Band {
  std::size_t first_row, rows;
  const T* padded;
  const T* weights;  // packed, of the group
  const T* bias;
  T* y;  // the group's first plane, at the band's first row
};

/// The positions of a tile, and where its pixels go.
template <class T>
struct DirectConvolution<T>::Strip {
  const T* pixels;
  IndexRange taps;
  T* y;
  std::size_t columns;
  const T* kept;
  bool may_spill;
};

template <class T>
DirectConvolution<T>::DirectConvolution(const Conv2dShape& s,
                                        const IsaPath<T>& isa,
                                        const OffsetKernels<T>& kernels)
    : lowered_(Lower(s)),
      isa_(isa),
      kernels_(kernels),
      input_plane_(static_cast<std::size_t>(s.h * s.w)),
      group_channels_(static_cast<std::size_t>(s.c_in / s.groups)),
      taps_(s, lowered_),
      bands_(lowered_.out_h, PaddedInput<T>::BandRows(s, lowered_)),
      rows_(lowered_.m, kernels.max_rows),
      depth_(lowered_.k, kDepth),
      row_group_(RowBlocksTogether<T>(depth_.LargestSize(), kernels.max_rows)),
      padded_(s, lowered_, bands_.LargestSize(), kernels.columns),
      rows_alone_(TakesRowsAlone()),
      weight_positions_(taps_.WeightPositions()) {
  offsets_.reserve(taps_.size());
  taps_.ForEach([&](std::size_t c, std::size_t kh, std::size_t kw) {
    offsets_.push_back(padded_.Offset(c, kh, kw));
  });
  if (rows_alone_ || padded_.pitch() == lowered_.out_w) return;
  for (std::size_t i = 0; i < padded_.pitch() + kernels.columns; ++i) {
    kept_.push_back(i % padded_.pitch() < lowered_.out_w ? T{1} : T{0});
  }
}

/// Whether tiles that end with each row are as few as those that run on.
template <class T>
bool DirectConvolution<T>::TakesRowsAlone() const {
  const std::size_t rows = bands_.LargestSize(), nr = kernels_.columns;
  const std::size_t run_on = (rows - 1) * padded_.pitch() + lowered_.out_w;
  return rows * RoundUp(lowered_.out_w, nr) <= RoundUp(run_on, nr);
}

template <class T>
std::size_t DirectConvolution<T>::TilePositions() const {
  const std::size_t nr = kernels_.columns;
  if (rows_alone_) return lowered_.out_h * RoundUp(lowered_.out_w, nr);
  std::size_t positions = 0;
  for (std::size_t b = 0; b < bands_.parts(); ++b) {
    positions +=
        RoundUp((bands_.Size(b) - 1) * padded_.pitch() + lowered_.out_w, nr);
  }
  return positions;
}

template <class T>
std::size_t DirectConvolution<T>::PackedWeightElements() const {
  return lowered_.groups * lowered_.m * lowered_.k;
}

template <class T>
void DirectConvolution<T>::Pack(const T* weights, T* packed) const {
  const std::size_t group = lowered_.m * lowered_.k;
  for (std::size_t g = 0; g < lowered_.groups; ++g) {
    PackWeights(weights + g * group, rows_, depth_, weight_positions_.data(),
                packed + g * group);
  }
}

template <class T>
void DirectConvolution<T>::Run(const T* x, const T* packed, const T* bias, T* y,
                               Scratch scratch) const {
  const LoweredShape& l = lowered_;
  const ScratchBuffer<T> padded(scratch, ScratchPools<T>::Instance().padded,
                                padded_.Elements());
  for (std::size_t slice = 0; slice < l.images * l.groups; ++slice) {
    const std::size_t group = slice % l.groups;
    for (std::size_t b = 0; b < bands_.parts(); ++b) {
      const Band band{
          .first_row = bands_.Begin(b),
          .rows = bands_.Size(b),
          .padded = padded.data(),
          .weights = packed + group * l.m * l.k,
          .bias = bias != nullptr ? bias + group * l.m : nullptr,
          .y = y + slice * l.m * l.plane + bands_.Begin(b) * l.out_w};
      padded_.Fill(x + slice * group_channels_ * input_plane_, band.first_row,
                   band.rows, *isa_.kernels, padded.data());
      MultiplyBand(band);
    }
  }
}

template <class T>
void DirectConvolution<T>::MultiplyBand(const Band& band) const {
  const std::size_t run = rows_alone_ ? 1 : band.rows;
  for (std::size_t p = 0; p < depth_.parts(); ++p) {
    for (std::size_t i = 0; i < rows_.parts(); i += row_group_) {
      for (std::size_t row = 0; row < band.rows; row += run) {
        MultiplyRun(band, p, i, row, run);
      }
    }
  }
}

/// The tiles of `rows` rows of the band from `row` on.
template <class T>
void DirectConvolution<T>::MultiplyRun(const Band& band,
                                       std::size_t depth_block,
                                       std::size_t first_row_block,
                                       std::size_t row,
                                       std::size_t rows) const {
  const std::size_t pitch = padded_.pitch(), width = lowered_.out_w;
  const std::size_t end = (row + rows - 1) * pitch + width;
  const std::size_t end_pixel = (row + rows) * width;
  std::size_t column = 0;  // of the position in its row
  std::size_t last_row = row;
  for (std::size_t p = row * pitch; p < end; p += kernels_.columns) {
    const std::size_t columns = std::min(kernels_.columns, end - p);
    while (p + columns > (last_row + 1) * pitch) ++last_row;
    const std::size_t pixel = row * width + std::min(column, width);
    const Strip strip{
        .pixels = band.padded + p,
        .taps = taps_.Inside(band.first_row + row, band.first_row + last_row),
        .y = band.y + pixel,
        .columns = columns,
        .kept = kept_.empty() ? nullptr : kept_.data() + column,
        .may_spill = pixel + kernels_.columns <= end_pixel};
    MultiplyStrip(band, strip, depth_block, first_row_block);
    for (column += columns; column >= pitch; column -= pitch) ++row;
  }
}

template <class T>
void DirectConvolution<T>::MultiplyStrip(const Band& band, const Strip& strip,
                                         std::size_t depth_block,
                                         std::size_t first_row_block) const {
  const std::size_t depth_begin = depth_.Begin(depth_block);
  const std::size_t depth = depth_.Size(depth_block);
  const std::size_t begin = std::max(strip.taps.begin, depth_begin);
  const std::size_t end = std::min(strip.taps.end, depth_begin + depth);
  const IndexRange k{std::min(begin, end), end};
  // The first block sets every output, be it to the bias alone.
  if (k.size() == 0 && depth_block > 0) return;
  const T* bias = depth_block == 0 ? band.bias : nullptr;
  const T* weights = band.weights + depth_begin * rows_.total();
  const std::size_t skipped = k.size() == 0 ? 0 : k.begin - depth_begin;
  const std::size_t last =
      std::min(first_row_block + row_group_, rows_.parts());
  for (std::size_t i = first_row_block; i < last; ++i) {
    const std::size_t row = rows_.Begin(i);
    kernels_.with_rows[rows_.Size(i) - 1](
        k.size(), weights + row * depth + skipped * rows_.Size(i), strip.pixels,
        offsets_.data() + k.begin,
        {.c = strip.y + row * lowered_.plane,
         .row_stride = lowered_.plane,
         .columns = strip.columns,
         .bias = bias != nullptr ? bias + row : nullptr,
         .accumulate = depth_block > 0,
         .kept = strip.kept,
         .may_spill = strip.may_spill});
  }
}

template class DirectConvolution<float>;
template class DirectConvolution<double>;

}  // namespace opstat::engine
