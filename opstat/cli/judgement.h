#pragma once

#include <optional>
#include <string>
#include <vector>

#include "opstat/benchfmt/run.h"
#include "opstat/compare/acceptance.h"
#include "opstat/compare/comparison.h"
#include "opstat/store/history.h"

namespace opstat::cli {

/// How a compare's samples are judged: all that its verdicts depend on beside
/// them. Stored beside the comparison, it gives the same verdicts again.
struct Judgement {
  compare::Policy policy;
  /// How often these samples have been judged: each look after the first has
  /// half the alpha of the one before, so that however many there are, the
  /// chance of a false alarm in any stays below twice alpha.
  int looks = 1;
  bool same_code = false;  ///< see compare::Column::same_code
  /// A gate's policy as TOML, of which the rules come, and what it is called.
  std::string rules_text = {}, rules_name = {};
  std::vector<compare::Acceptance> acceptances = {};
  /// The day that counts for acceptances, "2026-11-26", and the commits that
  /// the contender has beyond the baseline.
  std::string today = {};
  std::vector<std::string> commits = {};

  /// Takes the rules and acceptances of `toml`; throws what ParseRules and
  /// ParseAcceptances throw.
  void TakeRules(const std::string& toml, const std::string& name);

  /// A line an option, of which the first tells it from a Query.
  std::string Text() const;
  /// From what Text() gave; nothing when it is the text of a Query.
  static std::optional<Judgement> Parse(const std::string& text);

  /// Judges a baseline and contenders. What was said of the measuring (noise,
  /// refused rows) joins the comparison's warnings.
  compare::Comparison Compare(const std::vector<benchfmt::Run>& runs) const;

 private:
  void Accept(compare::Comparison& comparison) const;
};

/// The comparison made again from its samples: they are the truth, the stored
/// document is what was said of them.
compare::Comparison Recompute(const store::ComparisonRecord& record,
                              std::vector<benchfmt::Run> runs);

}  // namespace opstat::cli
