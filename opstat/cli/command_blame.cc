#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "opstat/benchfmt/error.h"
#include "opstat/cli/blame.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/terminal.h"
#include "opstat/measure/command_line.h"

namespace opstat::cli {
namespace {

measure::CallSiteOptions Options(const Arguments& arguments) {
  constexpr int kMostRounds = 10'000;
  constexpr double kLongest = 86'400;
  return {.min_time = arguments.Number("min-time", 0, kLongest),
          .processes =
              static_cast<int>(arguments.Integer("rounds", 1, kMostRounds))};
}

measure::Program ProgramOf(const Arguments& arguments,
                           std::vector<std::string> argv) {
  constexpr double kLongest = 86'400;
  return CountedProgram(
      {.argv = std::move(argv),
       .time_limit = arguments.Number("time-limit", 0, kLongest)});
}

measure::Program ProgramOf(const Arguments& arguments,
                           std::string_view option) {
  return ProgramOf(arguments, measure::SplitCommand(arguments.Text(option)));
}

void ShowHints(const std::set<std::string>& modules, Streams& streams) {
  for (const std::string& module : modules)
    streams.err << EscapeForTerminal(fmt::format(
                       "hint: {} has no debug information; compile it with -g "
                       "(beside -O2, it leaves the code alone) for files, "
                       "lines and inlined functions",
                       module))
                << '\n';
}

// Runs `blame` for each benchmark; one that fails is named, the rest goes on.
template <class Blame>
int BlameAll(const std::vector<std::string>& benchmarks,
             const Arguments& arguments, Streams& streams, Blame blame) {
  std::vector<decltype(blame(benchmarks.front()))> found;
  std::set<std::string> modules;
  int code = 0;
  for (const std::string& benchmark : benchmarks) try {
      found.push_back(blame(benchmark));
      modules.insert(found.back().modules_without_lines.begin(),
                     found.back().modules_without_lines.end());
      for (const std::string& warning : found.back().warnings)
        streams.err << EscapeForTerminal(
                           fmt::format("warning: {}: {}", benchmark, warning))
                    << '\n';
    } catch (const Error& error) {
      if (benchmarks.size() == 1) throw;
      streams.err << "opstat: " << Paragraph(error.what()) << "\n  "
                  << Paragraph(error.hint()) << '\n';
      code = static_cast<int>(error.failure());
    }
  if (arguments.Has("json")) {
    streams.out << BlameJson(found) << '\n';
  } else {
    for (std::size_t i = 0; i < found.size(); ++i)
      streams.out << (i > 0 ? "\n" : "") << BlameText(found[i]);
  }
  if (!arguments.Has("quiet")) ShowHints(modules, streams);
  return code;
}

std::vector<std::string> Selected(const measure::Program& program,
                                  const Arguments& arguments) {
  std::vector<std::string> names = measure::Matching(
      measure::ListBenchmarks(program), arguments.Text("filter"));
  if (names.empty())
    throw Error(Failure::kCannotMeasure, "no benchmark matches --filter",
                "--benchmark_list_tests shows their names");
  return names;
}

int BlameOne(const Arguments& arguments, Streams& streams) {
  const measure::CallSiteOptions options = Options(arguments);
  const measure::Program program = ProgramOf(arguments, arguments.tail());
  return BlameAll(Selected(program, arguments), arguments, streams,
                  [&](const std::string& benchmark) {
                    return measure::MeasureCallSites(program, benchmark,
                                                     options);
                  });
}

// Benchmarks of one side only have nothing to compare with, and are named.
std::vector<std::string> InBoth(const std::vector<std::string>& baseline,
                                const std::vector<std::string>& contender,
                                Streams& streams) {
  std::vector<std::string> both;
  for (const std::string& benchmark : contender)
    if (std::ranges::count(baseline, benchmark) > 0)
      both.push_back(benchmark);
    else
      streams.err << EscapeForTerminal("warning: only in the contender: " +
                                       benchmark)
                  << '\n';
  for (const std::string& benchmark : baseline)
    if (std::ranges::count(contender, benchmark) == 0)
      streams.err << EscapeForTerminal("warning: only in the baseline: " +
                                       benchmark)
                  << '\n';
  return both;
}

int BlameTwo(const Arguments& arguments, Streams& streams) {
  if (!arguments.Has("base-cmd") || !arguments.Has("head-cmd") ||
      !arguments.tail().empty())
    throw Error(Failure::kUsage,
                "opstat blame: --base-cmd and --head-cmd go together, and "
                "without another program",
                "opstat blame --base-cmd ./old_bench --head-cmd ./new_bench");
  const measure::CallSiteOptions options = Options(arguments);
  const measure::Program baseline = ProgramOf(arguments, "base-cmd");
  const measure::Program contender = ProgramOf(arguments, "head-cmd");
  const std::vector<std::string> benchmarks = InBoth(
      Selected(baseline, arguments), Selected(contender, arguments), streams);
  if (benchmarks.empty())
    throw Error(Failure::kCannotMeasure,
                "the two programs have no benchmark of the same name",
                "--benchmark_list_tests shows their names");
  return BlameAll(
      benchmarks, arguments, streams, [&](const std::string& benchmark) {
        return BlameRegression(baseline, contender, benchmark, options);
      });
}

}  // namespace

int BlameCommand(const Arguments& arguments, Streams& streams) {
  arguments.LimitPositional(0);
  if (arguments.Has("base-cmd") || arguments.Has("head-cmd"))
    return BlameTwo(arguments, streams);
  if (arguments.tail().empty())
    throw Error(Failure::kUsage, "opstat blame: no program to look into",
                "opstat blame -- ./my_bench --benchmark_filter=X");
  return BlameOne(arguments, streams);
}

}  // namespace opstat::cli
