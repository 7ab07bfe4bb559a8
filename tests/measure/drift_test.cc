// A machine that slows down while it measures must not look like a change of
// the code: the schedule and the decision together, on simulated time.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "opstat/compare/comparison.h"
#include "opstat/compare/confirm.h"
#include "opstat/measure/schedule.h"

namespace opstat::measure {
namespace {

constexpr int kBenchmarks = 12;
constexpr double kSpread = 0.01;  // between processes of identical code
constexpr double kSlower = 1.03;  // in the second half of every stage

enum class Order { kInterleaved, kBlocked };

std::string NameOf(int benchmark) { return "B" + std::to_string(benchmark); }

// Of all processes of a stage in the order they run, which side each is of:
// the schedule's, or all of the one side and then all of the other.
std::vector<Slot> SlotsOf(const Schedule& schedule, Order order) {
  std::vector<Slot> slots;
  for (const auto& round : schedule)
    slots.insert(slots.end(), round.begin(), round.end());
  if (order == Order::kBlocked)
    std::ranges::stable_sort(slots, {}, &Slot::side);
  return slots;
}

class Machine {
 public:
  explicit Machine(unsigned seed) : random_(seed) {
    for (const char* side : {"A", "B"}) {
      benchfmt::Run run;
      run.label = run.side = side;
      run.session = "one";
      run.process_samples = true;
      for (int i = 0; i < kBenchmarks; ++i)
        run.benchmarks.push_back({.name = NameOf(i), .measurements = {}});
      runs_.push_back(run);
    }
  }

  void Measure(const std::vector<Slot>& slots,
               const std::vector<std::string>& benchmarks) {
    for (std::size_t i = 0; i < slots.size(); ++i) {
      const auto& name =
          benchmarks[static_cast<std::size_t>(slots[i].benchmark)];
      const double speed = i < slots.size() / 2 ? 1 : kSlower;
      const double time = 1e-6 * speed * std::exp(kSpread * normal_(random_));
      for (auto& benchmark :
           runs_[static_cast<std::size_t>(slots[i].side)].benchmarks)
        if (benchmark.name == name)
          for (const char* unit : {"sec/op", "cpu-sec/op"})
            Append(benchmark, unit, time);
    }
  }

  compare::Comparison Compare() const {
    compare::Policy policy;
    policy.mode = compare::Mode::kScreenConfirm;
    return compare::Compare(compare::ColumnsByRun(runs_), policy);
  }

 private:
  static void Append(benchfmt::Benchmark& benchmark, const char* unit,
                     double value) {
    const auto found = std::ranges::find(benchmark.measurements, unit,
                                         &benchfmt::Measurement::unit);
    if (found == benchmark.measurements.end())
      benchmark.measurements.push_back({unit, {value}});
    else
      found->values.push_back(value);
  }

  std::mt19937 random_;
  std::normal_distribution<double> normal_;
  std::vector<benchfmt::Run> runs_;
};

// Whether a session of identical programs finds a difference. `seed` gives the
// noise and the schedule.
bool Alarms(unsigned seed, Order order) {
  Machine machine(seed);
  const auto stage = [&](int number, int rounds, const auto& benchmarks) {
    const Schedule schedule = MakeSchedule(static_cast<int>(benchmarks.size()),
                                           2, rounds, StageSeed(seed, number));
    machine.Measure(SlotsOf(schedule, order), benchmarks);
  };
  std::vector<std::string> all;
  for (int i = 0; i < kBenchmarks; ++i) all.push_back(NameOf(i));
  stage(0, 10, all);
  const auto confirm = compare::BenchmarksToConfirm(machine.Compare());
  if (!confirm.empty()) stage(1, 20, confirm);
  return std::ranges::any_of(machine.Compare().rows, [](const auto& row) {
    return row.verdict == compare::Verdict::kRegression ||
           row.verdict == compare::Verdict::kImprovement;
  });
}

int AlarmsIn300(Order order) {
  int alarms = 0;
  for (unsigned seed = 1; seed <= 300; ++seed) alarms += Alarms(seed, order);
  return alarms;
}

TEST(Drift, ThreePercentHalfWayRaisesHardlyAnAlarmWhenInterleaved) {
  const int alarms = AlarmsIn300(Order::kInterleaved);
  RecordProperty("alarms", alarms);
  EXPECT_LE(alarms, 3);
}

TEST(Drift, TheSameMachineInBlockedOrderAlarmsNearlyAlways) {
  const int alarms = AlarmsIn300(Order::kBlocked);
  RecordProperty("alarms", alarms);
  EXPECT_GT(alarms, 270);
}

}  // namespace
}  // namespace opstat::measure
