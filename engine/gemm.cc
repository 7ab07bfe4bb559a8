#include "engine/gemm.h"

#include <algorithm>

#include "engine/blocking.h"
#include "engine/pack.h"

namespace opstat::engine {
/// One k block of one block of columns.
template <class T>
struct Gemm<T>::Block {
  std::size_t depth, columns;
  const T* weights;  // packed, of this k block
  const T* panels;
  const T* bias;
  T* c;
  bool accumulate;
};

template <class T>
Gemm<T>::Gemm(const KernelSet<T>& kernels, std::size_t m, std::size_t k,
              std::size_t n)
    : kernels_(&kernels), n_(n), rows_(m, kernels.max_rows), depth_(k, kDepth) {
  const std::size_t nr = kernels.panel_columns;
  const std::size_t k_bytes = depth_.LargestSize() * sizeof(T);
  const std::size_t panels =
      std::max<std::size_t>(1, kPanelBytes / (k_bytes * nr));
  nc_ = std::min(panels * nr, RoundUp(n, nr));
  mc_ = RowBlocksTogether<T>(depth_.LargestSize(), kernels.max_rows);
}

template <class T>
std::size_t Gemm<T>::PackedWeightElements() const {
  return rows_.total() * depth_.total();
}

template <class T>
std::size_t Gemm<T>::PackedPanelElements() const {
  return nc_ * depth_.LargestSize();
}

template <class T>
void Gemm<T>::PackWeights(const T* weights, T* packed_weights) const {
  engine::PackWeights(weights, rows_, depth_, nullptr, packed_weights);
}

template <class T>
void Gemm<T>::Multiply(const T* packed_weights, const T* columns, const T* bias,
                       T* c, T* packed_panels) const {
  for (std::size_t j = 0; j < n_; j += nc_) {
    for (std::size_t p = 0; p < depth_.parts(); ++p) {
      const Block block{
          .depth = depth_.Size(p),
          .columns = std::min(nc_, n_ - j),
          .weights = packed_weights + depth_.Begin(p) * rows_.total(),
          .panels = packed_panels,
          .bias = p == 0 ? bias : nullptr,
          .c = c + j,
          .accumulate = p > 0};
      kernels_->pack_panels(columns + depth_.Begin(p) * n_ + j, n_, block.depth,
                            block.columns, packed_panels);
      MultiplyBlock(block);
    }
  }
}

template <class T>
void Gemm<T>::MultiplyBlock(const Block& block) const {
  const std::size_t nr = kernels_->panel_columns;
  for (std::size_t i = 0; i < rows_.parts(); i += mc_) {
    for (std::size_t panel = 0; panel * nr < block.columns; ++panel) {
      MultiplyPanel(block, i, panel);
    }
  }
}

template <class T>
void Gemm<T>::MultiplyPanel(const Block& block, std::size_t first_row_block,
                            std::size_t panel) const {
  const std::size_t nr = kernels_->panel_columns;
  const std::size_t end = std::min(first_row_block + mc_, rows_.parts());
  for (std::size_t i = first_row_block; i < end; ++i) {
    const std::size_t row = rows_.Begin(i);
    const Tile<T> tile{
        .c = block.c + row * n_ + panel * nr,
        .row_stride = n_,
        .columns = std::min(nr, block.columns - panel * nr),
        .bias = block.bias != nullptr ? block.bias + row : nullptr,
        .accumulate = block.accumulate};
    kernels_->with_rows[rows_.Size(i) - 1](
        block.depth, block.weights + row * block.depth,
        block.panels + panel * nr * block.depth, tile);
  }
}

template class Gemm<float>;
template class Gemm<double>;

}  // namespace opstat::engine
