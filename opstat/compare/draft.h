#pragma once

#include <memory>
#include <vector>

#include "opstat/benchfmt/run.h"
#include "opstat/compare/comparison.h"

namespace opstat::compare {

/// Which rule will judge a row.
enum class Judge { kNobody, kExactRule, kNoisyRule };

/// What is known of a row before m is, beside the row itself: where its samples
/// come from and who will judge it.
struct Draft {
  const benchfmt::Benchmark* baseline = nullptr;  ///< null: has no such row
  const benchfmt::Benchmark* contender = nullptr;
  Judge judge = Judge::kNobody;
  Stage stage = Stage::kOneShot;
};

struct Drafts {
  std::vector<Row> rows;      ///< with place and samples; those that no test
                              ///< judges have their verdict already
  std::vector<Draft> drafts;  ///< one a row
  std::shared_ptr<SampleStore> samples = std::make_shared<SampleStore>();
};

/// A row for each table, unit, contender and line that has the unit on a side,
/// in that order; units by first appearance. A column alone gives its own rows,
/// with nobody to judge them. Pure.
Drafts MakeDrafts(const Layout& layout, const Policy& policy);

}  // namespace opstat::compare
