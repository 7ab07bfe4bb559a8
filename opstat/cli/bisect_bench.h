#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "opstat/cli/commit_builds.h"
#include "opstat/compare/search.h"
#include "opstat/measure/session.h"

namespace opstat::cli {

/// Measures one benchmark of the commits that a search asks for. All methods
/// throw measure::Interrupted; and Error(kCannotMeasure) where an end cannot be
/// built or measured: without both there is no search. What happens to another
/// commit is told in `why_not`.
class BisectBench {
 public:
  using ProgressSink = measure::ProgressSink;

  /// `benchmark` is a full name, or an expression that matches one name of the
  /// last commit's; `unit` may be "": the clock that decides it. Builds both
  /// ends. Throws Error(kUsage) for several matches. `builds` outlives this.
  BisectBench(CommitBuilds& builds, measure::SessionOptions options,
              const std::string& benchmark, std::string unit,
              ProgressSink tell);

  const std::string& benchmark() const { return options_.filter; }
  /// "" before the first measurement where none was given.
  const std::string& unit() const { return unit_; }
  /// Units of exact counts, besides unit(), that differ between the ends: each
  /// would find its culprit with one process a commit.
  const std::vector<std::string>& exact_units() const { return exact_units_; }

  /// See compare::MeasureInTurns.
  compare::Measured MeasureInTurns(std::span<const std::size_t> commits,
                                   std::size_t rounds);
  /// See compare::CountOnce.
  compare::Counted CountOnce(std::size_t commit);

 private:
  bool IsEnd(std::size_t commit) const;
  void BeginSession(std::span<const std::size_t> commits);
  std::string WhyNot(std::size_t commit);
  void LookAtUnits(const benchfmt::Benchmark& good,
                   const benchfmt::Benchmark& bad);
  void LookAtEnd(std::size_t commit, const benchfmt::Benchmark& counted);
  void RequireUnit(const benchfmt::Benchmark& benchmark) const;
  compare::Measured Samples(const std::vector<benchfmt::Run>& runs) const;

  CommitBuilds& builds_;
  measure::SessionOptions options_;
  std::string unit_;
  const ProgressSink tell_;
  const std::uint64_t seed_;
  std::vector<std::string> exact_units_;
  std::optional<benchfmt::Benchmark> good_end_;  // counted once
  std::vector<std::size_t> commits_;             // of the session
  std::unique_ptr<measure::Session> session_;
  std::size_t rounds_ = 0;
  int sessions_ = 0;
};

}  // namespace opstat::cli
