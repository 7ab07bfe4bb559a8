#pragma once

#include <cstddef>

#include "engine/balanced_split.h"

namespace opstat::engine {

/// Packing puts both operands of C = weights * columns into the order in which
/// the microkernel eats them, so that it reads two streams from front to end.
///
///     weights [m][k]                 packed: k block, row block, k, row
///     +-----------+-------+          +--+--+--+--+ ...
///     | row block 0 (MR)  |   --->   |r0|r0|r0|r0|   k = 0: MR rows
///     |           |       |          |  |  |  |  |   k = 1: MR rows
///     +-----------+-------+          +--+--+--+--+ ...
///     | row block 1       |          then row block 1; after the last one the
///     +-----------+-------+          same for the next k block
///       k block 0   k block 1
///
///     columns [k][n]                 packed: panel, k, column
///     +--------+--------+---+        +--------+ ...
///     | panel 0| panel 1| 2 |  --->  | k = 0: NR columns
///     |  (NR)  |        |   |        | k = 1: NR columns
///     +--------+--------+---+        then panel 1; the last is zero-filled
///
/// Row blocks have 1..MR rows and no filling; panels always have NR columns.
/// Weights are packed once a call, panels for one k block and a few panels at
/// a time, so that they stay in the L2 cache. Panels are packed by the
/// KernelSet, as fast as its instructions can copy.

/// Packs weights [m][k], `rows` splitting m and `depth` splitting k, into
/// m * k elements. Step k of the product takes the weight at positions[k] of
/// each row; nullptr: at k.
template <class T>
void PackWeights(const T* weights, const BalancedSplit& rows,
                 const BalancedSplit& depth, const std::size_t* positions,
                 T* packed);

extern template void PackWeights(const float*, const BalancedSplit&,
                                 const BalancedSplit&, const std::size_t*,
                                 float*);
extern template void PackWeights(const double*, const BalancedSplit&,
                                 const BalancedSplit&, const std::size_t*,
                                 double*);

}  // namespace opstat::engine
