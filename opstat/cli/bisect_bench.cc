#include "opstat/cli/bisect_bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/unit.h"
#include "opstat/compare/role.h"
#include "opstat/compare/row_numbers.h"
#include "opstat/measure/pinning.h"
#include "opstat/measure/program.h"
#include "opstat/measure/schedule.h"

namespace opstat::cli {
namespace {

std::string FirstLine(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

std::string Sentence(const Error& error) {
  const std::string what = FirstLine(error.what());
  return error.hint().empty() ? what
                              : fmt::format("{}; {}", what, error.hint());
}

measure::Program ProgramOf(const measure::Side& side, double time_limit) {
  return {.argv = side.argv,
          .time_limit = time_limit,
          .environment = side.environment};
}

// The one benchmark that is meant.
std::string NameOf(const measure::Program& program, const std::string& text) {
  const std::vector<std::string> names = measure::ListBenchmarks(program);
  if (std::ranges::count(names, text) > 0) return text;
  const std::vector<std::string> matches = measure::Matching(names, text);
  if (matches.empty())
    measure::ThrowNothingMatches(program, text, names.size());
  if (matches.size() > 1)
    throw Error(Failure::kUsage,
                fmt::format("'{}' matches {} benchmarks, and one is searched "
                            "for at a time",
                            text, matches.size()),
                fmt::format("one of them: {}", fmt::join(matches, ", ")));
  return matches.front();
}

// What was measured of a unit, in order.
std::vector<double> Values(const benchfmt::Benchmark* benchmark,
                           std::string_view unit) {
  const auto* measurement = benchmark ? benchmark->Find(unit) : nullptr;
  if (measurement == nullptr) return {};
  std::vector<double> values = measurement->values;
  std::erase_if(values, [](double value) { return std::isnan(value); });
  return values;
}

std::string Units(const benchfmt::Benchmark& benchmark) {
  std::vector<std::string> units;
  for (const auto& measurement : benchmark.measurements)
    if (!benchfmt::IsHousekeeping(measurement.unit))
      units.push_back(measurement.unit);
  return fmt::format("measured are {}", fmt::join(units, ", "));
}

}  // namespace

BisectBench::BisectBench(CommitBuilds& builds, measure::SessionOptions options,
                         const std::string& benchmark, std::string unit,
                         ProgressSink tell)
    : builds_(builds),
      options_(std::move(options)),
      unit_(std::move(unit)),
      tell_(std::move(tell)),
      seed_(options_.seed) {
  builds_.Side(0);
  options_.filter = NameOf(
      ProgramOf(builds_.Side(builds_.line().size() - 1), options_.time_limit),
      benchmark);
}

bool BisectBench::IsEnd(std::size_t commit) const {
  return commit == 0 || commit + 1 == builds_.line().size();
}

// Why a commit has no such benchmark, or "".
std::string BisectBench::WhyNot(std::size_t commit) {
  try {
    const std::vector<std::string> names = measure::ListBenchmarks(
        ProgramOf(builds_.Side(commit), options_.time_limit));
    if (std::ranges::count(names, benchmark()) > 0) return "";
    throw Error(Failure::kCannotMeasure,
                fmt::format("{} has no benchmark '{}'",
                            ShortHash(builds_.line()[commit]), benchmark()));
  } catch (const Error& error) {
    if (IsEnd(commit) || error.failure() != Failure::kCannotMeasure) throw;
    return Sentence(error);
  }
}

void BisectBench::BeginSession(std::span<const std::size_t> commits) {
  measure::SessionOptions options = options_;
  options.filter = '^' + measure::EscapeRegex(benchmark()) + '$';
  options.seed = measure::StageSeed(seed_, sessions_++);
  for (std::size_t commit : commits)
    options.sides.push_back(builds_.Side(commit));
  session_ = std::make_unique<measure::Session>(std::move(options), tell_);
  commits_.assign(commits.begin(), commits.end());
  rounds_ = 0;
}

compare::Measured BisectBench::MeasureInTurns(
    std::span<const std::size_t> commits, std::size_t rounds) {
  if (!std::ranges::equal(commits, commits_)) {
    builds_.Release(commits);
    for (std::size_t commit : commits)
      if (std::string why = WhyNot(commit); !why.empty())
        return {{}, std::move(why)};
    BeginSession(commits);
  }
  const auto end =
      session_->Measure({.rounds = static_cast<int>(rounds - rounds_)});
  if (end == measure::StageEnd::kInterrupted) throw measure::Interrupted{};
  rounds_ = rounds;
  const bool ends = std::ranges::all_of(
      commits, [&](std::size_t commit) { return IsEnd(commit); });
  if (const auto& failures = session_->failures(); !failures.empty()) {
    if (ends) throw Error(Failure::kCannotMeasure, failures.front());
    return {{}, FirstLine(failures.front())};
  }
  const std::vector<benchfmt::Run> runs = session_->Runs();
  if (ends) LookAtUnits(*runs[0].Find(benchmark()), *runs[1].Find(benchmark()));
  return Samples(runs);
}

void BisectBench::LookAtUnits(const benchfmt::Benchmark& good,
                              const benchfmt::Benchmark& bad) {
  const benchfmt::Benchmark* sides[] = {&good, &bad};
  if (unit_.empty()) unit_ = compare::DecidingClock(sides);
  for (const benchfmt::Benchmark* side : sides) RequireUnit(*side);
  exact_units_.clear();
  for (std::string_view unit :
       {benchfmt::kBytes, benchfmt::kAllocs, benchfmt::kFrees}) {
    if (unit == unit_ || Values(&good, unit).empty() ||
        Values(&bad, unit).empty())
      continue;
    const auto decision = compare::DecideExact(compare::RangeOf(good, unit),
                                               compare::RangeOf(bad, unit));
    if (decision && decision->verdict != compare::Verdict::kUnchanged)
      exact_units_.emplace_back(unit);
  }
}

// The good end is counted before the bad one.
void BisectBench::LookAtEnd(std::size_t commit,
                            const benchfmt::Benchmark& counted) {
  if (commit == 0)
    good_end_ = counted;
  else if (good_end_)
    LookAtUnits(*good_end_, counted);
}

void BisectBench::RequireUnit(const benchfmt::Benchmark& benchmark) const {
  if (Values(&benchmark, unit_).empty())
    throw Error(Failure::kCannotMeasure,
                fmt::format("{} has no {}", benchmark.name, unit_),
                Units(benchmark));
}

compare::Measured BisectBench::Samples(
    const std::vector<benchfmt::Run>& runs) const {
  compare::Measured measured;
  for (const benchfmt::Run& run : runs) {
    measured.samples.push_back(Values(run.Find(benchmark()), unit_));
    if (measured.samples.back().empty())
      return {{}, fmt::format("{} has no {}", benchmark(), unit_)};
  }
  return measured;
}

compare::Counted BisectBench::CountOnce(std::size_t commit) {
  const std::size_t kept[] = {commit};
  builds_.Release(kept);
  if (std::string why = WhyNot(commit); !why.empty())
    return {std::nullopt, std::move(why)};
  try {
    measure::CountedProgram program(
        ProgramOf(builds_.Side(commit), options_.time_limit), options_.alloc);
    const benchfmt::Run sample = program.Measure(
        benchmark(),
        {.min_time = options_.min_time,
         .cpus = options_.pin ? measure::CpusFor(benchmark(), options_.cpu)
                              : std::vector<int>()});
    const benchfmt::Benchmark& counted = *sample.Find(benchmark());
    RequireUnit(counted);
    if (IsEnd(commit)) LookAtEnd(commit, counted);
    return {compare::RangeOf(counted, unit_), {}};
  } catch (const Error& error) {
    if (IsEnd(commit)) throw;
    return {std::nullopt, Sentence(error)};
  }
}

}  // namespace opstat::cli
