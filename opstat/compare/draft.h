#pragma once

#include <span>
#include <vector>

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

/// A draft for each unit, contender and benchmark that has the unit on a side,
/// in that order; units and benchmarks by first appearance. A column alone
/// gives its own rows, with nobody to judge them. Pure.
std::vector<Draft> MakeDrafts(std::span<const Column> columns,
                              const Policy& policy);

}  // namespace opstat::compare
