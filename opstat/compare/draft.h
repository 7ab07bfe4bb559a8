#pragma once

#include <cstdint>
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
  /// Null: has no such row. Of no use once MakeDrafts is done.
  const benchfmt::Benchmark* baseline = nullptr;
  const benchfmt::Benchmark* contender = nullptr;
  Judge judge = Judge::kNobody;
  Stage stage = Stage::kOneShot;
  /// How many of the row's samples are the screen's, of screen-confirm.
  std::uint32_t baseline_screened = 0, contender_screened = 0;
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

/// Compare from its drafts on. The benchmarks that they were made of may be
/// gone. REQUIRES: the layout and policy that the drafts were made with.
Comparison CompareDrafts(Drafts made, const Layout& layout,
                         const Policy& policy);

}  // namespace opstat::compare
