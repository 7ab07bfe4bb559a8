#include "opstat/measure/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

#include "opstat/benchfmt/content_id.h"
#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/unit.h"
#include "opstat/measure/child.h"
#include "opstat/measure/host.h"
#include "opstat/measure/identity.h"
#include "opstat/measure/noise.h"
#include "opstat/measure/pinning.h"
#include "opstat/measure/program.h"
#include "opstat/measure/schedule.h"
#include "opstat/measure/side_run.h"

namespace opstat::measure {
namespace {

using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Which benchmarks each side has, under the session's own numbering.
struct Listing {
  std::vector<std::string> names;
  std::set<std::pair<int, int>> slots;  // (benchmark, side)

  bool Has(const Slot& slot) const {
    return slots.contains({slot.benchmark, slot.side});
  }
  int IndexOf(const std::string& name) const {
    const auto found = std::ranges::find(names, name);
    return found == names.end() ? -1 : static_cast<int>(found - names.begin());
  }
};

Program ProgramOf(const Side& side, double time_limit) {
  return {.argv = side.argv,
          .time_limit = time_limit,
          .environment = side.environment};
}

Listing List(const SessionOptions& options) {
  Listing listing;
  std::set<std::string> listed;
  for (std::size_t side = 0; side < options.sides.size(); ++side) {
    std::vector<std::string> names =
        ListBenchmarks(ProgramOf(options.sides[side], options.time_limit));
    listed.insert(names.begin(), names.end());
    for (const std::string& name : Matching(std::move(names), options.filter)) {
      if (listing.IndexOf(name) < 0) listing.names.push_back(name);
      listing.slots.emplace(listing.IndexOf(name), static_cast<int>(side));
    }
  }
  if (listing.names.empty())
    ThrowNothingMatches(ProgramOf(options.sides.front(), options.time_limit),
                        options.filter, listed.size());
  return listing;
}

}  // namespace

class Session::Impl {
 public:
  Impl(SessionOptions options, ProgressSink tell, FinishedSink keep,
       std::vector<Finished> finished)
      : options_(std::move(options)),
        tell_(std::move(tell)),
        keep_(std::move(keep)),
        listing_(List(options_)),
        runs_(options_.sides.size(), SideRun(listing_.names)),
        facts_(HostFacts()) {
    for (const Side& side : options_.sides)
      programs_.emplace_back(ProgramOf(side, options_.time_limit),
                             options_.alloc);
    if (options_.id.empty()) options_.id = RandomId();
    if (options_.time.empty()) options_.time = UtcNow();
    for (Finished& result : finished) {
      if (!result.failure.empty()) Fail(result);
      finished_.insert_or_assign(result.place, std::move(result));
    }
  }

  const Listing& listing() const { return listing_; }
  const SessionOptions& options() const { return options_; }
  const std::vector<std::string>& failures() const { return failures_; }
  int rounds() const { return rounds_; }

  int Processes(const Stage& stage) const {
    int slots = 0;
    for (const auto& [benchmark, side] : listing_.slots)
      slots += IsIn(stage, benchmark);
    return slots * (1 + (stage.rounds + 1) / 2 * 2);
  }

  StageEnd Measure(const Stage& stage) {
    Schedule schedule = Plan(stage);
    const std::vector<Slot> warm_up = schedule.front();
    if (stage.rounds == 0) schedule.clear();
    rounds_ = 0;
    progress_ = {};
    progress_.total = ToRun(schedule, warm_up.size());
    progress_.stage = stage_;
    progress_.rounds = static_cast<int>(schedule.size());
    StageEnd end = StageEnd::kDone;
    stage_start_ = Clock::now();
    try {
      end = RunRounds(schedule, warm_up, stage);
    } catch (const Interrupted&) {
      // Answered: what is kept now may start children of its own.
      InterruptFlag() = false;
      end = StageEnd::kInterrupted;
    }
    ++stage_;
    return end;
  }

  std::vector<benchfmt::Run> Runs() const {
    Facts facts = facts_;
    facts.merge(noise_.Result());
    std::vector<benchfmt::Run> runs;
    for (std::size_t side = 0; side < runs_.size(); ++side) {
      runs.push_back(runs_[side].Result());
      Describe(options_.sides[side], side, facts, runs.back());
    }
    return runs;
  }

 private:
  static bool Contains(const Stage& stage, const std::string& name) {
    return stage.benchmarks.empty() ||
           std::ranges::count(stage.benchmarks, name) > 0;
  }
  const std::string& NameOf(int benchmark) const {
    return listing_.names[static_cast<std::size_t>(benchmark)];
  }
  bool IsIn(const Stage& stage, int benchmark) const {
    return Contains(stage, NameOf(benchmark));
  }

  // The stage's schedule over the session's numbering, without the slots that
  // a side has no benchmark for.
  // At least one block.
  Schedule Plan(const Stage& stage) const {
    std::vector<int> chosen;
    for (std::size_t i = 0; i < listing_.names.size(); ++i)
      if (Contains(stage, listing_.names[i])) chosen.push_back(int(i));
    Schedule schedule = MakeSchedule(
        static_cast<int>(chosen.size()), static_cast<int>(runs_.size()),
        std::max(1, stage.rounds), StageSeed(options_.seed, stage_));
    for (std::vector<Slot>& round : schedule) {
      for (Slot& slot : round)
        slot.benchmark = chosen[static_cast<std::size_t>(slot.benchmark)];
      std::erase_if(round, [&](const Slot& s) { return !listing_.Has(s); });
    }
    return schedule;
  }

  // Processes that no earlier sitting has run; 0: no warm-up is needed either.
  int ToRun(const Schedule& schedule, std::size_t warm_up) const {
    int place = place_ + static_cast<int>(warm_up);
    int missing = 0;
    for (const std::vector<Slot>& round : schedule)
      for (const Slot& slot : round)
        missing +=
            !finished_.contains(place++) && !failed_.contains(slot.benchmark);
    return missing == 0 ? 0 : missing + static_cast<int>(warm_up);
  }

  StageEnd RunRounds(const Schedule& schedule, const std::vector<Slot>& warm_up,
                     const Stage& stage) {
    const bool known = progress_.total == 0;
    if (known)
      place_ += static_cast<int>(warm_up.size());
    else
      RunRound(warm_up, true);
    double block = SecondsSince(stage_start_) * 2;
    for (std::size_t round = 0; round < schedule.size(); ++round) {
      const bool may_end = round % 2 == 0 && stage_ + int(round) > 0;
      if (may_end && !known && stage.seconds &&
          SecondsSince(stage_start_) + block > *stage.seconds)
        return StageEnd::kOutOfTime;
      const auto start = Clock::now();
      progress_.round = static_cast<int>(round) + 1;
      for (SideRun& run : runs_) run.BeginRound();
      RunRound(schedule[round], false);
      ++rounds_;
      block = 2 * SecondsSince(start);
    }
    return StageEnd::kDone;
  }

  void RunRound(const std::vector<Slot>& round, bool warm_up) {
    noise_.Look();
    for (const Slot& slot : round) RunSlot(slot, warm_up, place_++);
  }

  void RunSlot(const Slot& slot, bool warm_up, int place) {
    const auto known = finished_.find(place);
    if (known != finished_.end() && known->second.failure.empty())
      return Keep(slot, known->second);
    if (failed_.contains(slot.benchmark)) return;
    progress_.benchmark = NameOf(slot.benchmark);
    progress_.elapsed = SecondsSince(stage_start_);
    tell_(progress_);
    ++progress_.done;
    Finished result{place, progress_.benchmark, {}, {}};
    try {
      result.sample = MeasureSample(slot, warm_up);
      for (benchfmt::Benchmark& benchmark : result.sample.benchmarks)
        benchmark.Add(benchfmt::kPlace).values = {double(place)};
    } catch (const Error& error) {
      result.failure = error.hint().empty()
                           ? error.what()
                           : fmt::format("{}; {}", error.what(), error.hint());
      Fail(result);
    }
    if (warm_up && result.failure.empty()) return;
    if (keep_) keep_(result);
    if (result.failure.empty()) Keep(slot, result);
  }

  benchfmt::Run MeasureSample(const Slot& slot, bool warm_up) {
    const std::string& name = NameOf(slot.benchmark);
    const SampleOptions options{.min_time = options_.min_time,
                                .cpus = options_.pin
                                            ? CpusFor(name, options_.cpu)
                                            : std::vector<int>()};
    CountedProgram& program = programs_[static_cast<std::size_t>(slot.side)];
    benchfmt::Run sample = program.Measure(name, options);
    // Once a side is enough: it is the samples' first value.
    if (!warm_up && has_peak_.emplace(slot.benchmark, slot.side).second)
      program.AddPeak(name, options, sample);
    return sample;
  }

  void Keep(const Slot& slot, const Finished& result) {
    if (result.sample.Find(NameOf(slot.benchmark)) == nullptr)
      throw Error(
          Failure::kBadData,
          fmt::format("the earlier samples are not of this session: "
                      "place {} holds {} instead of {}",
                      result.place, result.benchmark, NameOf(slot.benchmark)),
          "measure again");
    runs_[static_cast<std::size_t>(slot.side)].Keep(slot.benchmark,
                                                    result.sample);
  }

  void Fail(const Finished& result) {
    failed_.insert(listing_.IndexOf(result.benchmark));
    failures_.push_back(result.failure);
  }

  void Describe(const Side& side, std::size_t index, const Facts& facts,
                benchfmt::Run& run) const {
    run.id = benchfmt::ContentId(
        fmt::format("{} {} {}", options_.id, index, stage_));
    run.session = options_.id;
    run.time = options_.time;
    run.process_samples = true;
    run.seed = options_.seed;
    run.label = side.label;
    if (runs_.size() > 1) run.side = fmt::format("{}", char('A' + index));
    Facts merged = facts;
    merged.merge(run.facts);
    run.facts = std::move(merged);
    run.facts["program"] = fmt::format("{}", fmt::join(side.argv, " "));
    run.facts["measure.min_time"] = fmt::format("{}", options_.min_time);
    run.facts["measure.cpu"] =
        options_.pin
            ? fmt::format("{}", fmt::join(CpusFor("", options_.cpu), ","))
            : "not pinned";
    if (!side.commit.empty()) run.facts["commit.hash"] = side.commit;
    for (const auto& [name, value] : side.facts) run.facts[name] = value;
    std::ranges::move(NoiseWarnings(facts), std::back_inserter(run.warnings));
  }

  SessionOptions options_;
  const ProgressSink tell_;
  const FinishedSink keep_;
  const Listing listing_;
  std::vector<CountedProgram> programs_;
  std::vector<SideRun> runs_;
  const Facts facts_;
  NoiseMeter noise_;
  std::map<int, Finished> finished_;
  std::vector<std::string> failures_;
  std::set<int> failed_;
  std::set<std::pair<int, int>> has_peak_;  // (benchmark, side)
  Progress progress_;
  Clock::time_point stage_start_;
  int stage_ = 0;
  int rounds_ = 0;
  int place_ = 0;
};

Session::Session(SessionOptions options, ProgressSink tell, FinishedSink keep,
                 std::vector<Finished> finished)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(tell),
                                   std::move(keep), std::move(finished))) {}

Session::~Session() = default;

const std::vector<std::string>& Session::benchmarks() const {
  return impl_->listing().names;
}

const SessionOptions& Session::options() const { return impl_->options(); }

int Session::rounds() const { return impl_->rounds(); }

int Session::Processes(const Stage& stage) const {
  return impl_->Processes(stage);
}

StageEnd Session::Measure(const Stage& stage) { return impl_->Measure(stage); }

std::vector<benchfmt::Run> Session::Runs() const { return impl_->Runs(); }

const std::vector<std::string>& Session::failures() const {
  return impl_->failures();
}

double PlannedSeconds(int processes, double min_time) {
  // Trial runs, and iterations set to 1.4 times what fills the time.
  constexpr double kProcessPerMinTime = 2.4;
  constexpr double kStartUp = 0.02;
  return processes * (kProcessPerMinTime * min_time + kStartUp);
}

}  // namespace opstat::measure
