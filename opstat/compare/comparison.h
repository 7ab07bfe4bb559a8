#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "opstat/compare/layout.h"
#include "opstat/compare/rule.h"
#include "opstat/compare/sample_store.h"

namespace opstat::compare {

enum class Role : std::uint8_t { kDecides, kExact, kNearExact, kShown };
enum class Sides : std::uint8_t { kBoth, kBaseOnly, kHeadOnly };
enum class Verdict : std::uint8_t {
  kNone,  ///< a row that is shown and not judged
  kRegression,
  kImprovement,
  kUnchanged,      ///< the two-sided 90% interval lies inside +-tau
  kNoChangeSeen,   ///< nothing suggestive, and the bound is within must_see
  kUndecided,      ///< suggestive but not proven, too noisy, n too small
  kNotComparable,  ///< times of different sessions or hosts
  kSameCode,       ///< the programs are byte-identical: see Column::same_code
  kMissing,        ///< in the baseline only
  kNew,            ///< in the contender only
};

/// How samples are gathered, and so which p decides.
enum class Mode {
  kOneShot,        ///< all samples at once; their p
  kScreenConfirm,  ///< fresh rounds for what screens; the p of all together
};

/// What alpha promises over the m rows of a one-shot comparison.
enum class Correction {
  kBonferroni,         ///< the chance of any false alarm, of each direction
  kHolm,               ///< the same, and sees more where many rows changed
  kBenjaminiHochberg,  ///< the share of false alarms among the alarms
};

/// Which samples a row was decided on.
enum class Stage : std::uint8_t {
  kNone,       ///< nobody judges the row
  kOneShot,    ///< all there are; rows of exact counts too
  kScreen,     ///< those of the screen: no fresh rounds were taken
  kConfirmed,  ///< those of the screen and of the fresh rounds, pooled
};

/// The smallest effect that counts as one, and where the figure comes from.
struct Tau {
  double value = 0.01;  ///< relative: 0.01 is 1%
  std::string origin = "default";
};

struct Policy {
  Mode mode = Mode::kOneShot;
  /// Of screen-confirm: a side's first `screen_rounds` samples of a benchmark
  /// are the screen's, in their order, and those after them fresh ones.
  int screen_rounds = 10;
  int confirm_rounds = 20;  ///< that a benchmark gets when it screens
  double alpha = 0.01;      ///< of regressions, and of improvements
  /// How alpha is shared among the rows of a one-shot comparison. A row that
  /// screens was chosen, so screen-confirm has a fixed level, Bonferroni's.
  Correction correction = Correction::kBonferroni;
  double must_see = 0.10;           ///< an effect this large must not be missed
  bool assume_independent = false;  ///< in-process repetitions taken as samples
  bool cannot_tell_passes = false;  ///< outcome 3 becomes 0
  bool missing_fails = true;        ///< a benchmark of the baseline only: 1
  bool no_baseline_passes = false;  ///< where all are new: 0, not 4
  Tau tau;                          ///< of noisy rows not in `taus`
  /// Tau of the deciding clock by the row's name, from this host's A/A history
  /// (see tau.h). A value above 5% makes the row undecided, "too noisy".
  std::map<std::string, Tau> taus;
  /// Shown units that are judged all the same, by the noisy rule.
  std::map<std::string, Better> judged;
  /// A gate's rules, the later before the earlier: see LimitsOf.
  std::vector<Rule> rules;
  std::string source;  ///< where the rules come from, as a person reads it
};

enum class GateResult : std::uint8_t {
  kNone,        ///< nothing is gated: new, shown, ignored
  kPass,        ///< no worsening shown
  kAllowed,     ///< worse, within what the policy allows
  kAccepted,    ///< worse, as somebody wanted
  kReport,      ///< judged, and fails nothing: the policy's `report`
  kCannotTell,  ///< a regression could hide here
  kFail,
};

/// What a gate makes of a row.
struct Gate {
  GateResult result = GateResult::kNone;
  std::string reason = {};  ///< as a person reads it; may be empty
};

/// One side of a row: benchstat's median and order-statistic interval.
/// low/high are infinite when n is too small for the confidence level.
struct Center {
  std::int64_t n = 0;
  double center = 0, low = 0, high = 0, confidence = 0;
};

/// One benchmark, one unit, baseline against one contender. An absent optional
/// is a value that is not defined here (null in JSON), never a zero. There are
/// many of them: small members stand together.
struct Row {
  std::size_t table = 0;                   ///< in Comparison::tables
  std::shared_ptr<const Subject> subject;  ///< what identifies it in there
  std::string unit;
  std::string_view decided_by;  ///< kCpuTime or kWallTime on rows of a clock
  Role role = Role::kShown;
  bool higher_is_better = false;
  Sides sides = Sides::kBoth;
  int contender_index = 0;
  std::optional<Center> baseline, contender;
  std::optional<double> ratio, difference;  ///< of the centers
  std::optional<double> p_value, p_greater, p_less;
  /// `low` and `high` are infinite when n is too small (null in JSON).
  struct Interval {
    double ratio = 1, low = 0, high = 0, confidence = 0;
  };
  std::optional<Interval> hodges_lehmann;
  /// Upper one-sided 95% limit of the effect: no worsening larger than this is
  /// compatible with the samples. Of a higher-is-better unit it is the loss,
  /// 1 - the ratio's lower limit. Absent where n is too small for a limit.
  std::optional<double> bound;
  Tau tau;
  /// The p that proves: alpha / m, or what the correction makes of alpha. Set
  /// on rows of the m alone.
  std::optional<double> alpha_row;
  /// The smaller one-sided p of the screen's samples; of screen-confirm alone.
  std::optional<double> screen_p;
  std::string rule;  ///< why the verdict is what it is
  Verdict verdict = Verdict::kNone;
  Stage stage = Stage::kNone;
  /// A regression of must_see could hide here: undecided for want of samples.
  bool cannot_tell = false;
  bool wants_rounds = false;  ///< fresh rounds decide: see confirm.h
  std::vector<std::string> warnings;
  /// What the policy's rules say of it.
  std::shared_ptr<const Limits> limits = NoLimits();
  double must_see = Policy{}.must_see;  ///< the policy's, or that of its rules
  std::string accepted;  ///< why somebody accepts its worsening; "": nobody
  Gate gate;             ///< see gate.h
  std::span<const double> baseline_samples, contender_samples;

  const std::string& benchmark() const { return subject->benchmark; }
};

struct Geomean {
  std::size_t table = 0;
  std::string unit;
  int contender_index = 0;
  std::optional<double> baseline, contender, delta_percent;
  std::vector<std::string> warnings;
};

struct SelfCheck {
  int tests = 0, fired = 0, limit = 0;
  bool Fires() const { return fired > limit; }
};

struct Comparison {
  struct Side {
    std::string label, commit, run;
    std::vector<std::string> heading;  ///< see Column
  };
  Side baseline;
  std::vector<Side> contenders;
  std::string session;       ///< empty unless all columns share one
  bool interleaved = false;  ///< one session, samples of both sides alternating
  std::uint64_t seed = 0;
  std::map<std::string, std::string> environment;  ///< facts equal in all
  Policy policy;
  int m = 0;  ///< rows that decide by a noisy test
  SelfCheck self_check;
  std::vector<TableKey> tables;
  std::vector<Row> rows;  ///< by table, unit, contender, the layout's order
  std::shared_ptr<const SampleStore> samples;  ///< what rows point into
  std::vector<Geomean> geomean;
  std::vector<std::string> warnings;
  bool no_baseline = false;  ///< the baseline has no benchmark at all
  int outcome = 0;  ///< 0 fine, 1 regression, 3 cannot tell, 4 nothing compared
};

/// Judges the layout's first column against each other by the rules of
/// decision.h, values in and a struct out; thread-safe. NaN values are dropped
/// unit by unit. A row whose unit one side did not measure is kept, with that
/// side absent and a warning. Housekeeping units make no rows. confirm.h says
/// how a session that screens and confirms calls this.
/// One column alone gives rows with a baseline and no verdict, outcome 4.
/// REQUIRES: at least one column.
Comparison Compare(const Layout& layout, const Policy& policy);

const char* Name(Role role);
const char* Name(Sides sides);
const char* Name(Mode mode);
const char* Name(Correction correction);
const char* Name(Stage stage);      ///< "" for kNone
const char* Name(Verdict verdict);  ///< "" for kNone
const char* Name(GateResult result);

}  // namespace opstat::compare
