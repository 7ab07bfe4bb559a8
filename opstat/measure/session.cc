#include "opstat/measure/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/name.h"
#include "opstat/benchfmt/reader.h"
#include "opstat/benchfmt/unit.h"
#include "opstat/measure/child.h"
#include "opstat/measure/counting.h"
#include "opstat/measure/host.h"
#include "opstat/measure/identity.h"
#include "opstat/measure/schedule.h"

namespace opstat::measure {
namespace {

constexpr const char* kDifferenceMethod =
    "difference of two processes, paused regions included";

// Benchmarks with threads get a set of that size, all others one CPU.
std::vector<int> CpusFor(const std::string& benchmark,
                         const SessionOptions& options) {
  if (!options.pin) return {};
  const std::string threads(benchfmt::KeyValue(benchmark, "threads"));
  const std::size_t wanted =
      threads.empty()
          ? 1
          : std::max(1UL, std::strtoul(threads.c_str(), nullptr, 10));
  std::vector<int> allowed = AllowedCpus();
  if (wanted >= allowed.size()) return allowed;
  if (options.cpu)
    std::rotate(allowed.begin(),
                std::find(allowed.begin(), allowed.end(), *options.cpu),
                allowed.end());
  else  // The first CPU serves most interrupts.
    std::reverse(allowed.begin(), allowed.end());
  allowed.resize(wanted);
  return allowed;
}

class Session {
 public:
  Session(const SessionOptions& options, const ProgressSink& tell)
      : options_(options),
        tell_(tell),
        names_(ListBenchmarks(options.program, options.filter)),
        counting_(options.alloc == AllocMode::kOff
                      ? Counting{Counting::How::kNot, options.program}
                      : FindOutCounting(options.program)),
        schedule_(MakeSchedule(static_cast<int>(names_.size()), options.rounds,
                               options.seed)) {
    for (const std::string& name : names_)
      result_.run.benchmarks.push_back({.name = name, .measurements = {}});
  }

  SessionResult Measure() {
    Describe();
    try {
      RunRound(0, schedule_.front());
      for (std::size_t round = 0; round < schedule_.size(); ++round)
        RunRound(static_cast<int>(round) + 1, schedule_[round]);
    } catch (const Interrupted&) {
      result_.interrupted = true;
      // Answered: what is kept now may start children of its own.
      InterruptFlag() = false;
    }
    DropUnmeasured();
    return std::move(result_);
  }

 private:
  void Describe() {
    benchfmt::Run& run = result_.run;
    run.id = RandomId();
    run.session = RandomId();
    run.time = UtcNow();
    run.process_samples = true;
    run.seed = options_.seed;
    run.schedule = schedule_;
    run.facts = HostFacts();
    run.facts["program"] =
        fmt::format("{}", fmt::join(options_.program.argv, " "));
    run.facts["measure.min_time"] = fmt::format("{}", options_.min_time);
    const auto cpus = CpusFor("", options_);
    run.facts["measure.cpu"] =
        cpus.empty() ? "not pinned" : fmt::format("{}", fmt::join(cpus, ","));
  }

  void RunRound(int round, const std::vector<int>& order) {
    for (int index : order) {
      const std::string& name = names_[static_cast<std::size_t>(index)];
      Tell(round, name);
      ++done_;
      if (failed_.contains(index)) continue;
      try {
        benchfmt::Run sample = MeasureSample(index);
        SayWhetherCounted(name, sample);
        SayWhetherTimed(sample);
        if (round > 0) Keep(index, sample);
        if (round == 1) AddPeak(index);
      } catch (const Error& error) {
        failed_.insert(index);
        result_.failures.push_back(
            error.hint().empty()
                ? error.what()
                : fmt::format("{}; {}", error.what(), error.hint()));
      }
    }
  }

  // A benchmark that was called only once, now or before, is called twice: the
  // first call of a process may warm up.
  benchfmt::Run MeasureSample(int index) {
    const std::string& name = names_[static_cast<std::size_t>(index)];
    SampleOptions sample_options{.min_time = options_.min_time,
                                 .twice = called_once_.contains(index),
                                 .cpus = CpusFor(name, options_)};
    benchfmt::Run sample = MeasureOnce(Timed(), name, sample_options).run;
    if (!sample_options.twice && WasCalledOnce(*sample.Find(name))) {
      called_once_.insert(index);
      sample_options.twice = true;
      sample = MeasureOnce(Timed(), name, sample_options).run;
    }
    sample_options.twice = false;
    AddDifference(name, sample_options, sample);
    return sample;
  }

  // What was not counted reads "unmeasured", and why is said once.
  void SayWhetherCounted(const std::string& name, benchfmt::Run& sample) const {
    benchfmt::Benchmark& benchmark = sample.benchmarks.front();
    const bool counted = benchmark.Find(benchfmt::kAllocs) != nullptr;
    if (options_.alloc == AllocMode::kOff) {
      if (counted)
        sample.warnings.push_back(fmt::format(
            "{} is linked with opstat::harness and counts allocations all the "
            "same",
            options_.program.argv[0]));
      return;
    }
    if (counted) return;
    const std::string why = WhyUnmeasured(name, sample);
    if (options_.alloc == AllocMode::kOn)
      throw Error(
          Failure::kCannotMeasure,
          fmt::format("{}: its allocations are not counted: {}", name, why));
    sample.warnings.push_back("B/op and allocs/op are unmeasured: " + why);
    for (std::string_view unit : {benchfmt::kBytes, benchfmt::kAllocs})
      benchmark.Add(unit).values.assign(1, benchfmt::kUnmeasured);
  }

  static void SayWhetherTimed(benchfmt::Run& sample) {
    const std::string_view sanitizer = sample.Fact("build.sanitizer");
    if (sanitizer.empty()) return;
    sample.warnings.push_back(fmt::format(
        "sec/op is not valid: built with a sanitizer ({})", sanitizer));
  }

  std::string WhyUnmeasured(const std::string& name,
                            const benchfmt::Run& sample) const {
    constexpr std::string_view kPrefix = "unmeasured: ";
    if (const std::string_view said = sample.Fact("alloc");
        said.starts_with(kPrefix))
      return std::string(said.substr(kPrefix.size()));
    if (const auto found = no_difference_.find(name);
        found != no_difference_.end())
      return found->second;
    return fmt::format("{} {}", options_.program.argv[0], counting_.why_not);
  }

  // A short process of its own, for observing every allocation takes time. One
  // is enough, and the samples' first value.
  void AddPeak(int index) {
    if (options_.alloc == AllocMode::kOff ||
        counting_.how != Counting::How::kInLoop)
      return;
    constexpr double kShort = 0.01;
    Program observed = counting_.program;
    observed.environment.emplace_back("OPSTAT_PASS", "peak");
    const std::string& name = names_[static_cast<std::size_t>(index)];
    const benchfmt::Run sample =
        MeasureOnce(observed, name,
                    {.min_time = std::min(kShort, options_.min_time),
                     .cpus = CpusFor(name, options_)})
            .run;
    if (const auto* peak = sample.Find(name)->Find(benchfmt::kPeakBytes))
      result_.run.benchmarks[static_cast<std::size_t>(index)]
          .Add(benchfmt::kPeakBytes)
          .values.front() = peak->values.front();
  }

  // A program whose processes alone can be asked is timed without the shim.
  const Program& Timed() const {
    return counting_.how == Counting::How::kByDifference ? options_.program
                                                         : counting_.program;
  }

  void AddDifference(const std::string& name, const SampleOptions& options,
                     benchfmt::Run& sample) {
    if (counting_.how != Counting::How::kByDifference ||
        no_difference_.contains(name))
      return;
    benchfmt::Benchmark& benchmark = sample.benchmarks.front();
    if (benchmark.Find(benchfmt::kAllocs) != nullptr) return;
    const auto* iterations = benchmark.Find(benchfmt::kIterations);
    try {
      const DifferencePerOp counted =
          CountByDifference(counting_.program, name,
                            iterations ? iterations->values[0] : 1, options);
      benchmark.Add(benchfmt::kBytes).values = {counted.bytes};
      benchmark.Add(benchfmt::kAllocs).values = {counted.allocs};
      benchmark.Add(benchfmt::kFrees).values = {counted.frees};
    } catch (const Error& error) {
      no_difference_[name] = fmt::format(
          "{} has no shared libbenchmark, and two processes with fixed "
          "iterations gave no difference: {}",
          options_.program.argv[0], error.what());
      return;
    }
    sample.facts["alloc.method"] = kDifferenceMethod;
    sample.warnings.push_back(fmt::format(
        "{} has no shared libbenchmark: its B/op and allocs/op are the "
        "difference of two processes and include paused regions",
        options_.program.argv[0]));
  }

  void Keep(int index, const benchfmt::Run& sample) {
    benchfmt::Benchmark& kept =
        result_.run.benchmarks[static_cast<std::size_t>(index)];
    const std::size_t before = kept.Samples();
    for (const auto& [unit, values] : sample.Find(kept.name)->measurements)
      kept.Add(unit);
    // A unit that this sample or the earlier ones lack is unmeasured there.
    for (benchfmt::Measurement& kept_unit : kept.measurements) {
      kept_unit.values.resize(before, benchfmt::kUnmeasured);
      const auto* measured = sample.Find(kept.name)->Find(kept_unit.unit);
      kept_unit.values.push_back(measured != nullptr ? measured->values.front()
                                                     : benchfmt::kUnmeasured);
    }
    for (const std::string& warning : sample.warnings)
      if (warning != benchfmt::kRepetitionsWarning &&
          std::ranges::count(result_.run.warnings, warning) == 0)
        result_.run.warnings.push_back(warning);
    result_.run.facts.insert(sample.facts.begin(), sample.facts.end());
  }

  // Benchmarks without a sample leave the run, and its schedule with them.
  void DropUnmeasured() {
    benchfmt::Run& run = result_.run;
    constexpr int kDropped = -1;
    std::vector<int> position;
    int kept = 0;
    for (const benchfmt::Benchmark& benchmark : run.benchmarks)
      position.push_back(benchmark.Samples() > 0 ? kept++ : kDropped);
    for (std::vector<int>& round : run.schedule) {
      for (int& index : round)
        index = position[static_cast<std::size_t>(index)];
      std::erase(round, kDropped);
    }
    std::erase_if(run.benchmarks,
                  [](const auto& b) { return b.Samples() == 0; });
  }

  void Tell(int round, const std::string& name) {
    const std::chrono::duration<double> elapsed =
        std::chrono::steady_clock::now() - start_;
    tell_({.done = done_,
           .total = static_cast<int>(names_.size() * (schedule_.size() + 1)),
           .round = round,
           .rounds = static_cast<int>(schedule_.size()),
           .benchmark = name,
           .elapsed = elapsed.count()});
  }

  const SessionOptions& options_;
  const ProgressSink& tell_;
  const std::vector<std::string> names_;
  const Counting counting_;
  const Schedule schedule_;
  const std::chrono::steady_clock::time_point start_ =
      std::chrono::steady_clock::now();
  SessionResult result_;
  std::set<int> failed_;
  std::set<int> called_once_;
  std::map<std::string, std::string> no_difference_;  // benchmark to reason
  int done_ = 0;
};

}  // namespace

double PlannedSeconds(int processes, double min_time) {
  // Trial runs, and iterations set to 1.4 times what fills the time.
  constexpr double kProcessPerMinTime = 2.4;
  constexpr double kStartUp = 0.02;
  return processes * (kProcessPerMinTime * min_time + kStartUp);
}

SessionResult Measure(const SessionOptions& options, const ProgressSink& tell) {
  return Session(options, tell).Measure();
}

}  // namespace opstat::measure
