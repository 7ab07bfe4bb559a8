#include <fmt/format.h>

#include <memory>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/writer.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/database.h"
#include "opstat/cli/output_file.h"
#include "opstat/cli/program_run.h"
#include "opstat/cli/render_text.h"
#include "opstat/cli/terminal.h"
#include "opstat/cli/unrecorded.h"
#include "opstat/store/history.h"

namespace opstat::cli {
namespace {

constexpr int kInterruptedCode = 130;

// Opened again: a server would not keep a connection for hours.
void Store(const benchfmt::Run& run, const std::string& database) {
  StoreOrKeep({run}, database, [&] {
    store::History(database, store::History::Mode::kReadWrite)
        .Append(run, SummarizeForStore);
  });
}

int Finish(const benchfmt::Run& run, const std::vector<std::string>& failures,
           measure::StageEnd end, Streams& streams) {
  for (const std::string& warning : run.warnings)
    streams.err << "warning: " << EscapeForTerminal(warning) << '\n';
  for (const std::string& failure : failures)
    streams.err << "opstat: " << Paragraph(failure) << '\n';
  if (!failures.empty())
    streams.err << fmt::format("opstat: {} of {} benchmarks have samples\n",
                               run.benchmarks.size(),
                               run.benchmarks.size() + failures.size());
  if (end == measure::StageEnd::kInterrupted) {
    streams.err
        << "opstat: interrupted; the samples finished by then are kept\n";
    return kInterruptedCode;
  }
  return failures.empty() && !run.benchmarks.empty()
             ? 0
             : static_cast<int>(Failure::kCannotMeasure);
}

}  // namespace

int RunCommand(const Arguments& arguments, Streams& streams) {
  const bool color = UseColor(arguments, streams);
  // Both are tried first: better to fail before the minutes than after.
  const std::string out = arguments.Text("out");
  const auto file =
      out.empty() || out == "-" ? nullptr : std::make_unique<OutputFile>(out);
  const bool record = arguments.Has("record");
  const std::string database = DatabasePath(arguments);
  if (record) store::History(database, store::History::Mode::kReadWrite);

  auto [run, failures, end] = MeasureProgram(arguments, streams);
  if (run.benchmarks.empty()) return Finish(run, failures, end, streams);
  const std::string samples = benchfmt::WriteGoogleBenchmark(run);
  if (file) StoreOrKeep({run}, database, [&] { file->Commit(samples); });
  if (record) Store(run, database);
  if (out == "-")
    streams.out << samples;
  else
    streams.out << RenderText(
        compare::Compare(compare::ColumnsByRun({&run, 1}), {}),
        {.color = color});
  return Finish(run, failures, end, streams);
}

}  // namespace opstat::cli
