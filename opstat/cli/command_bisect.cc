#include <fmt/format.h>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/unit.h"
#include "opstat/cli/bisect_bench.h"
#include "opstat/cli/bisect_report.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/measure_options.h"
#include "opstat/cli/plural.h"
#include "opstat/cli/progress.h"
#include "opstat/cli/terminal.h"

namespace opstat::cli {
namespace {

using Outcome = compare::SearchResult::Outcome;

constexpr int kCannotTellCode = 3;

struct Question {
  std::string benchmark, good, bad;
};

Question QuestionOf(const Arguments& arguments) {
  arguments.LimitPositional(3);
  const auto& words = arguments.positional();
  if (words.size() < 3)
    throw Error(Failure::kUsage,
                "opstat bisect: which benchmark, from which good to which bad "
                "commit?",
                "opstat bisect BENCHMARK GOOD BAD");
  return {words[0], words[1], words[2]};
}

compare::SearchPolicy PolicyOf(const Arguments& arguments) {
  constexpr double kSmallest = 1e-9;
  return {.rounds = static_cast<std::size_t>(RoundsOf(arguments)),
          .alpha = arguments.Number("alpha", kSmallest, 0.5),
          .tau = compare::Tau{}.value};
}

// What is said while it goes on: lines, and on a terminal one that changes.
class Commentary {
 public:
  Commentary(const Arguments& arguments, Streams& streams)
      : quiet_(arguments.Has("quiet")),
        err_(streams.err),
        line_(streams.err, streams.err_is_terminal && !quiet_) {}

  void Say(const std::string& text) {
    line_.Clear();
    if (!quiet_) err_ << OneLine(text) << '\n';
  }
  void Warn(const std::vector<std::string>& notes) {
    line_.Clear();
    for (const std::string& note : notes)
      err_ << "warning: " << OneLine(note) << '\n';
  }
  void Show(measure::Progress progress) {
    progress.benchmark = where_;
    line_.Show(progress);
  }
  void Step(const compare::SearchStep& step, const checkout::Commit& commit,
            const std::string& unit, int left) {
    line_.Clear();
    if (!quiet_) err_ << StepText(step, commit, unit);
    where_ = left == 0 ? "the last step"
                       : CountOf(std::size_t(left), "more commit") + " to try";
  }
  void Clear() { line_.Clear(); }

 private:
  const bool quiet_;
  std::ostream& err_;
  ProgressLine line_;
  std::string where_ = "the ends";
};

compare::SearchResult Search(const CommitBuilds& builds, BisectBench& bench,
                             const compare::SearchPolicy& policy,
                             Commentary& commentary) {
  const std::size_t last = builds.line().size() - 1;
  const auto tell = [&](const compare::SearchStep& step,
                        const compare::Bisection& bisection) {
    commentary.Step(step, builds.line()[step.commit], bench.unit(),
                    bisection.StepsLeft());
  };
  if (benchfmt::IsExact(bench.unit()))
    return compare::FindExact(
        last, [&](std::size_t commit) { return bench.CountOnce(commit); },
        tell);
  return compare::FindNoisy(
      last,
      [&](std::span<const std::size_t> commits, std::size_t rounds) {
        return bench.MeasureInTurns(commits, rounds);
      },
      policy, tell);
}

// An exact unit that differs as well finds its culprit in a fraction of that.
void Hint(const BisectReport& report, Commentary& commentary) {
  for (const std::string& unit : report.exact_units)
    commentary.Say(fmt::format(
        "{} of the ends differs, too; one process a commit finds that: opstat "
        "bisect --unit {} '{}' {} {}",
        unit, unit, report.benchmark, report.good, report.bad));
}

}  // namespace

int BisectCommand(const Arguments& arguments, Streams& streams) {
  const Question question = QuestionOf(arguments);
  const compare::SearchPolicy policy = PolicyOf(arguments);
  const measure::SessionOptions options = SessionOptionsOf(arguments);
  Commentary commentary(arguments, streams);
  CommitBuilds builds(question.good, question.bad, arguments,
                      [&](const std::string& step) { commentary.Say(step); });
  BisectBench bench(builds, options, question.benchmark, arguments.Text("unit"),
                    [&](const auto& progress) { commentary.Show(progress); });
  commentary.Say(fmt::format("{} along first parents; seed {}",
                             CountOf(builds.line().size() - 1, "commit"),
                             options.seed));
  BisectReport report{.line = builds.line(),
                      .good = question.good,
                      .bad = question.bad,
                      .benchmark = bench.benchmark(),
                      .unit = {},
                      .exact_units = {},
                      .seed = options.seed,
                      .result = Search(builds, bench, policy, commentary)};
  report.unit = bench.unit();
  report.exact_units = bench.exact_units();
  commentary.Warn(builds.TakeNotes());
  const bool found = report.result.outcome == Outcome::kFound;
  const int code = found || !arguments.Has("exit-code") ? 0 : kCannotTellCode;
  streams.out << (arguments.Has("json") ? BisectJson(report, code) + '\n'
                                        : BisectText(report));
  if (!found) Hint(report, commentary);
  return code;
}

}  // namespace opstat::cli
