#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/writer.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/database.h"
#include "opstat/cli/git.h"
#include "opstat/cli/output_file.h"
#include "opstat/cli/progress.h"
#include "opstat/cli/render_text.h"
#include "opstat/cli/terminal.h"
#include "opstat/measure/child.h"
#include "opstat/measure/identity.h"
#include "opstat/measure/session.h"
#include "opstat/store/history.h"

namespace opstat::cli {
namespace {

constexpr int kInterruptedCode = 130;

int ParseCpu(const std::string& text) {
  for (int cpu : measure::AllowedCpus())
    if (text == std::to_string(cpu)) return cpu;
  throw Error(Failure::kUsage,
              fmt::format("--pin '{}' is no CPU this process may run on", text),
              fmt::format("allowed: {}, or none",
                          fmt::join(measure::AllowedCpus(), ", ")));
}

measure::AllocMode ParseAlloc(const Arguments& arguments) {
  const std::string mode = arguments.Choice("alloc", {"auto", "on", "off"});
  if (mode == "on") return measure::AllocMode::kOn;
  return mode == "off" ? measure::AllocMode::kOff : measure::AllocMode::kAuto;
}

measure::SessionOptions Options(const Arguments& arguments) {
  arguments.LimitPositional(0);
  if (arguments.tail().empty())
    throw Error(Failure::kUsage, "opstat run: no program to measure",
                "opstat run -- ./my_bench");
  constexpr int kMostRounds = 10'000;
  constexpr double kLongest = 86'400;
  measure::SessionOptions options;
  options.program.argv = arguments.tail();
  options.program.time_limit = arguments.Number("time-limit", 0, kLongest);
  options.filter = arguments.Text("filter");
  options.rounds =
      static_cast<int>(arguments.Integer("rounds", 1, kMostRounds));
  options.min_time = arguments.Number("min-time", 0, kLongest);
  options.alloc = ParseAlloc(arguments);
  options.seed = measure::RandomSeed();
  if (arguments.Has("seed"))
    options.seed = static_cast<std::uint64_t>(
        arguments.Integer("seed", 0, std::numeric_limits<std::int64_t>::max()));
  const std::string pin = arguments.Text("pin");
  options.pin = pin != "none";
  if (options.pin && !pin.empty()) options.cpu = ParseCpu(pin);
  return options;
}

measure::SessionResult MeasureShowing(const measure::SessionOptions& options,
                                      bool quiet, Streams& streams) {
  ProgressLine line(streams.err, streams.err_is_terminal && !quiet);
  return measure::Measure(options, [&](const measure::Progress& progress) {
    if (progress.done == 0 && !quiet)
      streams.err << fmt::format(
          "{} processes: {} rounds and a warm-up, seed {}; about {}\n",
          progress.total, progress.rounds, options.seed,
          Duration(measure::PlannedSeconds(progress.total, options.min_time)));
    line.Show(progress);
  });
}

std::string Label(const Arguments& arguments) {
  if (arguments.Has("label")) return arguments.Text("label");
  return std::filesystem::path(arguments.tail().front()).filename().string();
}

int Finish(const measure::SessionResult& result, Streams& streams) {
  for (const std::string& warning : result.run.warnings)
    streams.err << "warning: " << EscapeForTerminal(warning) << '\n';
  for (const std::string& failure : result.failures)
    streams.err << "opstat: " << EscapeForTerminal(failure) << '\n';
  if (!result.failures.empty())
    streams.err << fmt::format(
        "opstat: {} of {} benchmarks have samples\n",
        result.run.benchmarks.size(),
        result.run.benchmarks.size() + result.failures.size());
  if (result.interrupted) {
    streams.err
        << "opstat: interrupted; the samples finished by then are kept\n";
    return kInterruptedCode;
  }
  return result.failures.empty() ? 0
                                 : static_cast<int>(Failure::kCannotMeasure);
}

}  // namespace

int RunCommand(const Arguments& arguments, Streams& streams) {
  const measure::SessionOptions options = Options(arguments);
  const bool color = UseColor(arguments, streams);
  // Both are opened first: better to fail before the minutes than after.
  const std::string out = arguments.Text("out");
  const auto file =
      out.empty() || out == "-" ? nullptr : std::make_unique<OutputFile>(out);
  const auto history =
      arguments.Has("record")
          ? std::make_unique<store::History>(DatabasePath(arguments),
                                             store::History::Mode::kReadWrite)
          : nullptr;

  measure::SessionResult result =
      MeasureShowing(options, arguments.Has("quiet"), streams);
  benchfmt::Run& run = result.run;
  run.label = Label(arguments);
  run.facts.merge(CommitFacts());
  if (run.benchmarks.empty()) {
    const int code = Finish(result, streams);
    return code == 0 ? static_cast<int>(Failure::kCannotMeasure) : code;
  }
  const std::string samples = benchfmt::WriteGoogleBenchmark(run);
  if (file) file->Commit(samples);
  if (history) history->Append(run, SummarizeForStore);
  if (out == "-")
    streams.out << samples;
  else
    streams.out << RenderText(
        compare::Compare(compare::ColumnsByRun({&run, 1}), {}),
        {.color = color});
  return Finish(result, streams);
}

}  // namespace opstat::cli
