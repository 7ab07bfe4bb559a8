#pragma once

#include <deque>

#include "opstat/benchfmt/run.h"
#include "opstat/compare/comparison.h"

namespace opstat::compare {

/// Which rule will judge a row.
enum class Judge { kNobody, kExactRule, kNoisyRule };

/// A row with what is known before m is: its place, samples and centers, and
/// who will judge it. Rows that nobody judges have their verdict already.
struct Draft {
  Row row;
  const benchfmt::Benchmark* baseline = nullptr;  ///< null: has no such row
  const benchfmt::Benchmark* contender = nullptr;
  Judge judge = Judge::kNobody;
  Stage stage = Stage::kOneShot;
};

/// A draft for each table, unit, contender and line that has the unit on a
/// side, in that order; units by first appearance. A column alone gives its
/// own rows, with nobody to judge them. Pure.
std::deque<Draft> MakeDrafts(const Layout& layout, const Policy& policy);

}  // namespace opstat::compare
