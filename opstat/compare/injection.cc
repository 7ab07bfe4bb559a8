#include "opstat/compare/injection.h"

#include <algorithm>

#include "opstat/benchfmt/unit.h"

namespace opstat::compare {
namespace {

using benchfmt::Benchmark;
using benchfmt::Measurement;
using benchfmt::Run;

constexpr double kBytesMore = 64;

bool IsGatedNow(const Row& row) {
  return row.gate.result == GateResult::kPass ||
         (row.gate.result == GateResult::kCannotTell && row.alpha_row);
}

bool FailsWhenGone(const Row& row, const Policy& policy) {
  return row.limits->missing_fails.value_or(policy.missing_fails);
}

bool IsTarget(Injection injection, const Row& row, const Policy& policy) {
  if (!IsGatedNow(row)) return false;
  switch (injection) {
    case Injection::kAlloc:
    case Injection::kFirstAlloc:
      return row.unit == benchfmt::kAllocs;
    case Injection::kBytes:
      return row.unit == benchfmt::kBytes;
    case Injection::kLostSide:
      return FailsWhenGone(row, policy);
    case Injection::kSlowdown:
      return row.role == Role::kDecides;
  }
  return false;
}

Benchmark* Find(Run& run, const std::string& name) {
  const auto found = std::ranges::find(run.benchmarks, name, &Benchmark::name);
  return found == run.benchmarks.end() ? nullptr : &*found;
}

template <class Change>
void ChangeValues(Benchmark& benchmark, std::string_view unit, Change change) {
  for (Measurement& measurement : benchmark.measurements)
    if (measurement.unit == unit)
      for (double& value : measurement.values) value = change(value);
}

// What a share allows of the baseline's value, and an amount beside it.
double Allowed(const Row& row) {
  const Allowance& allowance = row.limits->threshold;
  return std::max(allowance.absolute,
                  allowance.relative * row.baseline->center);
}

void Add(const Row& row, double amount, Benchmark& contender) {
  ChangeValues(contender, row.unit,
               [&](double value) { return value + Allowed(row) + amount; });
}

void Worsen(Injection injection, const Row& row, Run& baseline,
            Run& contender) {
  Benchmark* head = Find(contender, row.benchmark());
  if (head == nullptr) return;  // gone with another of its rows
  switch (injection) {
    case Injection::kAlloc:
      return Add(row, 1, *head);
    case Injection::kBytes:
      return Add(row, kBytesMore, *head);
    case Injection::kFirstAlloc: {
      const double one = 1 + row.limits->threshold.absolute;
      ChangeValues(*Find(baseline, row.benchmark()), row.unit,
                   [](double) { return 0; });
      return ChangeValues(*head, row.unit, [&](double) { return one; });
    }
    case Injection::kLostSide:
      std::erase_if(contender.benchmarks, [&](const Benchmark& benchmark) {
        return benchmark.name == row.benchmark();
      });
      return;
    case Injection::kSlowdown:
      // The run delay too, by which the deciding clock is chosen.
      for (const std::string_view clock :
           {benchfmt::kWallTime, benchfmt::kCpuTime, benchfmt::kRunDelay})
        ChangeValues(*head, clock,
                     [&](double value) { return value * SlowdownOf(row); });
  }
}

}  // namespace

std::vector<std::size_t> Targets(Injection injection, const Comparison& clean) {
  std::vector<std::size_t> targets;
  for (std::size_t i = 0; i < clean.rows.size(); ++i)
    if (IsTarget(injection, clean.rows[i], clean.policy)) targets.push_back(i);
  return targets;
}

std::vector<Run> Inject(Injection injection, const Run& run,
                        const Comparison& clean) {
  std::vector<Run> sides = {run, run};
  for (const std::size_t target : Targets(injection, clean))
    Worsen(injection, clean.rows[target], sides[0], sides[1]);
  return sides;
}

double SlowdownOf(const Row& row) {
  constexpr double kLeast = 0.10;
  return 1 + std::max({kLeast, 2 * row.bound.value_or(0),
                       2 * row.limits->threshold.relative});
}

const char* Name(Injection injection) {
  switch (injection) {
    case Injection::kAlloc:
      return "+1 alloc/op";
    case Injection::kFirstAlloc:
      return "0 -> 1 alloc/op";
    case Injection::kBytes:
      return "+64 B/op";
    case Injection::kLostSide:
      return "lost side";
    case Injection::kSlowdown:
      return "slowdown";
  }
  return "";
}

}  // namespace opstat::compare
