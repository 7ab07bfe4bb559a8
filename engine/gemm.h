#pragma once

#include <cstddef>

#include "engine/balanced_split.h"
#include "engine/microkernel.h"

namespace opstat::engine {

/// C[m][n] = weights[m][k] * columns[k][n] + bias[m], blocked for the caches
/// around a microkernel as in Goto and van de Geijn, "Anatomy of
/// High-Performance Matrix Multiplication" (2008):
///
///     for each block of NC columns            packed panels stay in L2
///       for each k block of KC                pack the panels
///         for each group of row blocks (MC)   packed weights stay in L2
///           for each panel of NR columns      a panel stays near L1
///             for each row block of MR        microkernel
///
/// Holds sizes only; the caller lends the packing scratch. Thread-safe.
/// REQUIRES: m, k and n are at least 1.
template <class T>
class Gemm {
 public:
  Gemm(const KernelSet<T>& kernels, std::size_t m, std::size_t k,
       std::size_t n);

  /// Elements of the two packing buffers that Multiply() reads and writes.
  std::size_t PackedWeightElements() const;
  std::size_t PackedPanelElements() const;

  void PackWeights(const T* weights, T* packed_weights) const;

  /// Writes every element of c; rows of `columns` and `c` are n elements and
  /// follow each other. `bias` may be nullptr. `packed_panels` must be aligned
  /// to 64 bytes. Nothing overlaps.
  void Multiply(const T* packed_weights, const T* columns, const T* bias, T* c,
                T* packed_panels) const;

 private:
  struct Block;
  void MultiplyBlock(const Block& block) const;
  void MultiplyPanel(const Block& block, std::size_t first_row_block,
                     std::size_t panel) const;

  const KernelSet<T>* kernels_;
  std::size_t n_;
  BalancedSplit rows_;   // m in row blocks of at most MR
  BalancedSplit depth_;  // k in blocks of at most KC
  std::size_t nc_;       // columns packed at a time, a multiple of NR
  std::size_t mc_;       // row blocks taken through the panels together
};

extern template class Gemm<float>;
extern template class Gemm<double>;

}  // namespace opstat::engine
