#pragma once

#include <cstdint>

namespace opstat::stats {

/// P(2U <= two_u) of the Mann-Whitney U of n1 and n2 values without ties: the
/// lower tail alone, counted by its generating function (Andrews 1976, theorem
/// 3.1) in min(n1, n2) * U steps. With more than 30 values in both, the normal
/// approximation with continuity correction. Where values tie it is too large
/// rather than too small. Agrees with scipy.stats.mannwhitneyu(alternative=
/// "less", method="exact"). REQUIRES: n1, n2 >= 1, 0 <= two_u <= n1 * n2, the
/// half of U's range that lies below its mean. Pure.
double UTail(int n1, int n2, std::int64_t two_u);

}  // namespace opstat::stats
