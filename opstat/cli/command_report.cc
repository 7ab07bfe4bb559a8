#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <string>
#include <vector>

#include "opstat/benchfmt/error.h"
#include "opstat/cli/accepted_changes.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/database.h"
#include "opstat/cli/output_file.h"
#include "opstat/cli/plain_page.h"
#include "opstat/cli/progress.h"
#include "opstat/cli/python.h"
#include "opstat/cli/report_document.h"
#include "opstat/cli/terminal.h"

namespace opstat::cli {
namespace {

constexpr const char* kInstall =
    "apt-get install python3-matplotlib python3-jinja2, or name a Python that "
    "has both: --python PATH";

// "html", or of a picture what its name ends in.
std::string Format(const Arguments& arguments) {
  if (!arguments.Has("plot")) return "html";
  if (arguments.Text("plot") == "list") return "text";
  const std::string ending =
      std::filesystem::path(arguments.Text("out")).extension().string();
  if (ending == ".png" || ending == ".svg") return ending.substr(1);
  throw Error(Failure::kUsage, "--plot writes a picture, PNG or SVG",
              "name it: -o FILE.png or -o FILE.svg");
}

std::vector<std::string> ArgumentsOfReports(const Arguments& arguments) {
  std::vector<std::string> words = {"--progress",
                                    "--format=" + Format(arguments)};
  if (arguments.Has("conv")) words.emplace_back("--page=conv");
  if (arguments.Has("noise")) words.emplace_back("--page=noise");
  for (const char* option : {"benchmark", "plot"})
    if (arguments.Has(option))
      words.push_back(fmt::format("--{}={}", option, arguments.Text(option)));
  return words;
}

void CheckUsage(const Arguments& arguments) {
  arguments.LimitPositional(1);
  if (int(arguments.Has("conv")) + int(arguments.Has("noise")) +
          int(arguments.Has("plot")) >
      1)
    throw Error(Failure::kUsage, "--conv, --noise and --plot are one each",
                "leave all but one of them out");
  if (arguments.Has("benchmark") &&
      (arguments.Has("conv") || arguments.Has("noise") ||
       arguments.Has("plot")))
    throw Error(Failure::kUsage,
                "--benchmark chooses what the whole report draws in full",
                "leave --conv, --noise and --plot out");
}

std::string Draw(const Arguments& arguments, store::History& history,
                 const ReportSubject& subject, Streams& streams) {
  ProgressLine line(streams.err,
                    streams.err_is_terminal && !arguments.Has("quiet"));
  std::vector<double> columns;
  const std::string document = ReportDocument(history, subject, &columns);
  const PythonResult drawn =
      CallReports({.document = document,
                   .columns = columns,
                   .arguments = ArgumentsOfReports(arguments),
                   .candidates = PythonCandidates(arguments.Text("python")),
                   .on_progress = [&](std::string_view text) {
                     line.Show(EscapeForTerminal(text));
                   }});
  line.Clear();
  if (drawn.output) return *drawn.output;
  const std::string missing =
      fmt::format("no plots: no Python can draw them (tried {})",
                  fmt::join(drawn.tried, "; "));
  if (arguments.Choice("plots") == "required" || Format(arguments) != "html")
    throw Error(Failure::kCannotMeasure, missing, kInstall);
  streams.err << "warning: " << EscapeForTerminal(missing) << "\n  " << kInstall
              << '\n';
  return PlainPage(subject, missing);
}

}  // namespace

int ReportCommand(const Arguments& arguments, Streams& streams) {
  CheckUsage(arguments);
  const std::string format = Format(arguments);
  store::History history(DatabasePath(arguments),
                         store::History::Mode::kReadOnly);
  ReportSubject subject = FindSubject(history, arguments.positional().empty()
                                                   ? "latest"
                                                   : arguments.positional()[0]);
  const auto acceptances = ParseAcceptances(arguments.settings().text(),
                                            arguments.settings().name());
  AddTrends(history, acceptances, subject);
  const std::string drawn = Draw(arguments, history, subject, streams);
  const std::string path = format == "text" ? "-" : arguments.Text("out");
  WriteTo(path, drawn, streams.out);
  if (path != "-" && !arguments.Has("quiet"))
    streams.err << "wrote " << EscapeForTerminal(path) << '\n';
  return 0;
}

}  // namespace opstat::cli
