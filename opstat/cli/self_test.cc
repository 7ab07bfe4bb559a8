#include "opstat/cli/self_test.h"

#include <fmt/format.h>

#include <algorithm>

#include "opstat/benchfmt/unit.h"
#include "opstat/cli/gate_report.h"
#include "opstat/cli/terminal.h"
#include "opstat/cli/text_table.h"
#include "opstat/compare/injection.h"

namespace opstat::cli {
namespace {

using benchfmt::Run;
using compare::Comparison;
using compare::GateResult;
using compare::Injection;
using compare::Row;

const Row* Find(const Comparison& comparison, const Row& wanted) {
  const auto found = std::ranges::find_if(comparison.rows, [&](const Row& row) {
    return row.benchmark() == wanted.benchmark() && row.unit == wanted.unit;
  });
  return found == comparison.rows.end() ? nullptr : &*found;
}

std::string Why(const Row* row) {
  if (row == nullptr) return "no such row";
  return fmt::format("{} {}, {}: {}", row->benchmark(), row->unit,
                     compare::Name(row->gate.result),
                     row->gate.reason.empty() ? row->rule : row->gate.reason);
}

std::string Sizes(const Comparison& clean,
                  const std::vector<std::size_t>& targets) {
  double least = compare::SlowdownOf(clean.rows[targets[0]]), most = least;
  for (const std::size_t target : targets) {
    least = std::min(least, compare::SlowdownOf(clean.rows[target]));
    most = std::max(most, compare::SlowdownOf(clean.rows[target]));
  }
  return least == most ? fmt::format(" {:+.0f}%", 100 * (least - 1))
                       : fmt::format(" {:+.0f}%..{:+.0f}%", 100 * (least - 1),
                                     100 * (most - 1));
}

// Neither found nor passed.
bool IsUntold(const Row* row, const Judgement& judgement) {
  return row != nullptr && row->gate.result == GateResult::kCannotTell &&
         !judgement.policy.cannot_tell_passes;
}

SelfTestLine TestInjection(Injection injection, const Run& run,
                           const Comparison& clean, const Judgement& judgement,
                           const std::string& name) {
  SelfTestLine line;
  line.what = fmt::format("{} in {}", compare::Name(injection), name);
  const std::vector<std::size_t> targets = compare::Targets(injection, clean);
  line.posed = !targets.empty();
  if (!line.posed) {
    line.detail = "the policy gates no such row, or it cannot be judged here";
    return line;
  }
  const Comparison worse =
      judgement.Compare(compare::Inject(injection, run, clean));
  std::size_t found = 0, untold = 0;
  for (const std::size_t target : targets) {
    const Row* row = Find(worse, clean.rows[target]);
    const bool fails = row != nullptr && row->gate.result == GateResult::kFail;
    found += fails ? 1U : 0U;
    untold += IsUntold(row, judgement) ? 1U : 0U;
    if (!fails && line.detail.empty()) line.detail = "; " + Why(row);
  }
  line.red = found == targets.size() && worse.outcome != 0;
  line.told = untold == 0 || found + untold < targets.size();
  line.detail = fmt::format(
      "{} of {} rows{}{}", found, targets.size(),
      injection == Injection::kSlowdown ? Sizes(clean, targets) : "",
      line.detail);
  return line;
}

Run FixtureRun() {
  // Percent, 0.5% apart; any order.
  constexpr double kNoise[] = {0.31,  -0.52, 0.07, 0.88,  -0.24,
                               -0.71, 0.46,  0.15, -0.05, -0.38};
  constexpr std::size_t kSamples = std::size(kNoise);
  Run run;
  run.label = "fixture";
  run.process_samples = true;
  run.session = "fixture";
  double seconds = 1e-6;
  for (const char* name : {"Parse/1", "Parse/64", "Sort"}) {
    benchfmt::Benchmark& benchmark = run.benchmarks.emplace_back();
    benchmark.name = name;
    for (const double noise : kNoise) {
      const double value = seconds * (1 + noise / 100);
      benchmark.Add(benchfmt::kWallTime).values.push_back(value);
      benchmark.Add(benchfmt::kCpuTime).values.push_back(value);
    }
    benchmark.Add(benchfmt::kAllocs).values.assign(kSamples, 2);
    benchmark.Add(benchfmt::kBytes).values.assign(kSamples, 96);
    seconds *= 10;
  }
  return run;
}

// Not green: nothing to judge.
SelfTestLine TestOutcome(const std::string& what, const Comparison& result) {
  return {.what = what,
          .red = result.outcome == 4,
          .told = true,
          .posed = true,
          .detail = fmt::format("exit {}", result.outcome)};
}

const char* Result(const SelfTestLine& line) {
  if (!line.posed) return "not gated";
  if (!line.told) return "CANNOT TELL";
  return line.red ? "red" : "NOT RED";
}

const char* Conclusion(const std::vector<SelfTestLine>& lines) {
  if (AllRed(lines)) return "self-test passed: all that is gated turned red\n";
  const bool passes = std::ranges::none_of(lines, &SelfTestLine::posed) ||
                      std::ranges::any_of(lines, [](const SelfTestLine& line) {
                        return line.posed && line.told && !line.red;
                      });
  return passes ? "self-test failed: this gate would have passed a regression\n"
                : "self-test could not tell: these samples are too few or too "
                  "noisy to prove a regression; opstat gate --rounds 10, then "
                  "again\n";
}

}  // namespace

std::vector<SelfTestLine> TestOn(const Run& run, const Judgement& judgement,
                                 const std::string& name) {
  Run side = run;
  if (side.session.empty()) side.session = "self-test";
  const Comparison clean = judgement.Compare({side, side});
  std::vector<SelfTestLine> lines;
  for (const Injection injection : compare::kInjections)
    lines.push_back(TestInjection(injection, side, clean, judgement, name));
  return lines;
}

std::vector<SelfTestLine> TestOnFixture() {
  const std::string name = "the bundled fixture";
  const Run run = FixtureRun();
  Run nothing = run, other = run;
  nothing.benchmarks.clear();
  other.benchmarks.resize(1);
  other.benchmarks[0].name = "Other";
  const Judgement judgement;
  std::vector<SelfTestLine> lines = TestOn(run, judgement, name);
  lines.push_back(TestOutcome("a gate that measured nothing",
                              judgement.Compare({nothing, nothing})));
  lines.push_back(TestOutcome("a gate that matched nothing",
                              judgement.Compare({nothing, other})));
  return lines;
}

bool AllRed(const std::vector<SelfTestLine>& lines) {
  return std::ranges::any_of(lines, &SelfTestLine::posed) &&
         std::ranges::all_of(lines, [](const SelfTestLine& line) {
           return line.red || !line.posed;
         });
}

std::string SelfTestText(const std::vector<SelfTestLine>& lines) {
  TextTable table;
  for (const SelfTestLine& line : lines) {
    table.NextRow();
    table.Put(0, {.text = Result(line), .margin = ""});
    table.Put(1, {.text = OneLine(line.what), .margin = "  "});
    table.Put(2, {.text = OneLine(line.detail), .margin = "  "});
  }
  return table.Format() + Conclusion(lines);
}

}  // namespace opstat::cli
