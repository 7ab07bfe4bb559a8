#include "opstat/compare/judge.h"

#include <fmt/format.h>

#include <optional>
#include <string>

#include "opstat/compare/decision.h"
#include "opstat/compare/row_numbers.h"
#include "opstat/compare/warnings.h"

namespace opstat::compare {
namespace {

void Refuse(Row& row, Verdict verdict, const std::string& rule) {
  row.verdict = verdict;
  row.rule = rule;
}

// True when there is nothing to compare with; says why.
bool LacksSide(Row& row, bool gated) {
  if (row.sides != Sides::kBoth) {
    const bool base = row.sides == Sides::kBaseOnly;
    if (gated) {
      Refuse(row, base ? Verdict::kMissing : Verdict::kNew,
             base ? "in the baseline only" : "in the contender only");
    }
    return true;
  }
  const bool base = !row.baseline_samples.empty();
  const bool head = !row.contender_samples.empty();
  if (base && head) return false;
  const char* where = base ? "contender" : head ? "baseline" : "both sides";
  row.warnings.push_back(fmt::format("unmeasured on {}", where));
  if (gated) Refuse(row, Verdict::kNotComparable, row.warnings.back());
  return true;
}

bool IsJudged(const Row& row, const Policy& policy) {
  if (row.limits->role == GateRole::kIgnore) return false;
  return row.role != Role::kShown || row.limits->judged ||
         policy.judged.count(row.unit) > 0;
}

// The same code allocates the same but where it sees its paths, or luck.
void SetSameCode(Row& row, const std::optional<Decision>& exact) {
  Refuse(row, Verdict::kSameCode, "the programs are byte-identical");
  if (exact && exact->verdict != Verdict::kUnchanged) {
    row.warnings.push_back("differs though the programs are byte-identical");
  }
}

void TakeExact(Row& row, const Decision& decision, bool constant) {
  row.verdict = decision.verdict;
  row.rule = decision.rule;
  row.stage = Stage::kOneShot;
  if (!constant) row.warnings.push_back(VaryingWarning(row));
}

}  // namespace

void ChooseJudge(Row& row, Draft& draft, bool same_code,
                 const Comparability& comparable, const Policy& policy) {
  const bool gated = IsJudged(row, policy);
  if (LacksSide(row, gated) || !gated) return;
  std::optional<Decision> exact;
  bool constant = false;
  if (row.role == Role::kExact) {
    const ExactSide baseline = RangeOf(*draft.baseline, row.unit);
    const ExactSide contender = RangeOf(*draft.contender, row.unit);
    exact = DecideExact(baseline, contender);
    constant = baseline.IsConstant() && contender.IsConstant();
  }
  if (same_code) return SetSameCode(row, exact);
  const std::string& why = exact                      ? comparable.exact
                           : row.role == Role::kExact ? comparable.exact_varying
                                                      : comparable.noisy;
  if (!why.empty()) return Refuse(row, Verdict::kNotComparable, why);
  draft.judge = exact ? Judge::kExactRule : Judge::kNoisyRule;
  if (exact) TakeExact(row, *exact, constant);
}

}  // namespace opstat::compare
