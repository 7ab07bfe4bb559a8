#include "opstat/cli/program_run.h"

#include <fmt/format.h>

#include <filesystem>

#include "opstat/benchfmt/error.h"
#include "opstat/cli/git.h"
#include "opstat/cli/measure_options.h"
#include "opstat/cli/progress.h"

namespace opstat::cli {
namespace {

std::string Label(const Arguments& arguments) {
  if (arguments.Has("label")) return arguments.Text("label");
  return std::filesystem::path(arguments.tail().front()).filename().string();
}

measure::SessionOptions Options(const Arguments& arguments) {
  arguments.LimitPositional(0);
  if (arguments.tail().empty())
    throw Error(Failure::kUsage,
                fmt::format("opstat {}: no program to measure",
                            arguments.command().name),
                fmt::format("name it behind --: opstat {} -- ./my_bench",
                            arguments.command().name));
  measure::SessionOptions options = SessionOptionsOf(arguments);
  options.sides = {{.label = Label(arguments),
                    .source = {},
                    .build = {},
                    .argv = arguments.tail()}};
  return options;
}

measure::StageEnd MeasureShowing(measure::Session& session, int rounds,
                                 bool quiet, Streams& streams) {
  const measure::Stage stage{.rounds = rounds};
  const int processes = session.Processes(stage);
  if (!quiet)
    streams.err << fmt::format(
        "{} processes: {} rounds and a warm-up, seed {}; about {}\n", processes,
        (rounds + 1) / 2 * 2, session.options().seed,
        Duration(
            measure::PlannedSeconds(processes, session.options().min_time)));
  return session.Measure(stage);
}

}  // namespace

ProgramRun MeasureProgram(const Arguments& arguments, Streams& streams) {
  const measure::SessionOptions options = Options(arguments);
  const int rounds = RoundsOf(arguments);
  const bool quiet = arguments.Has("quiet");
  ProgressLine line(streams.err, streams.err_is_terminal && !quiet);
  measure::Session session(options, [&](const auto& p) { line.Show(p); });
  ProgramRun result;
  result.end = MeasureShowing(session, rounds, quiet, streams);
  line.Clear();
  result.run = session.Runs().front();
  result.run.facts.merge(CommitFacts());
  result.failures = session.failures();
  return result;
}

}  // namespace opstat::cli
