#pragma once

#include "engine/shape.h"

namespace opstat::engine {

/// Lays the input out as the column matrix of the lowered product:
///     columns [group][c][kh][kw][image][oh][ow]
/// so a row is one kernel tap over all output pixels, and a group's rows are
/// the k rows of its product. Writes every one of lowered.ColumnElements(),
/// zeros where the tap falls on padding. REQUIRES: lowered == Lower(shape);
/// `columns` overlaps nothing.
template <class T>
void Im2Col(const Conv2dShape& shape, const LoweredShape& lowered, const T* x,
            T* columns);

extern template void Im2Col(const Conv2dShape&, const LoweredShape&,
                            const float*, float*);
extern template void Im2Col(const Conv2dShape&, const LoweredShape&,
                            const double*, double*);

}  // namespace opstat::engine
