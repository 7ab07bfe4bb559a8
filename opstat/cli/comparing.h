#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include "opstat/cli/judgement.h"
#include "opstat/cli/spool.h"
#include "opstat/measure/session.h"

namespace opstat::cli {

/// The stages of a compare.
struct ComparePlan {
  int rounds = 10;     ///< of the screen; what needs it gets twice as many more
  bool quick = false;  ///< the screen alone, judged at once
  std::optional<double> budget;  ///< seconds of measuring in this sitting
  int more = 0;                  ///< fresh rounds for what is undecided
};

/// Leads a session from its first process to its verdicts: what the spool says
/// was measured, then what the samples ask for.
class Comparing {
 public:
  using StageSink = std::function<void(const SpooledStage&)>;

  /// The session's results go to the same spool. `tell` is told each stage
  /// before it begins. All outlive this object.
  Comparing(measure::Session& session, Spool& spool, Judgement judgement,
            const ComparePlan& plan, StageSink tell);

  /// kInterrupted, or kOutOfTime when the budget ended a stage.
  measure::StageEnd Run();

  std::vector<benchfmt::Run> Runs() const;
  const Judgement& judgement() const { return judgement_; }

 private:
  measure::StageEnd Replay();
  measure::StageEnd Begin(const SpooledStage& stage);
  measure::StageEnd RunStage(const SpooledStage& stage);
  std::optional<SpooledStage> Next();
  std::optional<double> SecondsLeft() const;

  measure::Session& session_;
  Spool& spool_;
  Judgement judgement_;
  const ComparePlan plan_;
  const StageSink tell_;
  const std::chrono::steady_clock::time_point start_ =
      std::chrono::steady_clock::now();
  bool confirmed_ = false, gave_more_ = false;
};

/// Names of the rows that a noisy test left undecided, each once.
std::vector<std::string> UndecidedBenchmarks(
    const compare::Comparison& comparison);

}  // namespace opstat::cli
