#include <fmt/format.h>

#include <filesystem>

#include "opstat/benchfmt/error.h"
#include "opstat/cli/database.h"
#include "opstat/cli/gate_run.h"
#include "opstat/cli/inputs.h"
#include "opstat/cli/program_run.h"
#include "opstat/store/history.h"
#include "opstat/store/postgres_text.h"

namespace opstat::cli {
namespace {

constexpr int kInterruptedCode = 130;

// --from takes the first; the other stands by itself.
std::vector<std::string> Files(const Arguments& arguments) {
  std::vector<std::string> files = arguments.All("from");
  files.insert(files.end(), arguments.positional().begin(),
               arguments.positional().end());
  return files;
}

[[noreturn]] void Misuse(const std::string& message) {
  throw Error(Failure::kUsage, "opstat gate: " + message,
              "opstat gate --from BASE_FILE HEAD_FILE, or --baseline RUN with "
              "--from HEAD_FILE or -- PROGRAM");
}

StoredSides TwoFiles(const Arguments& arguments) {
  const std::vector<std::string> files = Files(arguments);
  if (files.size() != 2)
    Misuse(fmt::format("--from takes two files, not {}", files.size()));
  return {.runs = ReadInputs(files)};
}

StoredSides AgainstProgram(benchfmt::Run baseline, const Arguments& arguments,
                           Streams& streams) {
  ProgramRun measured = MeasureProgram(arguments, streams);
  StoredSides sides{.runs = {std::move(baseline), std::move(measured.run)},
                    .failures = std::move(measured.failures),
                    .ended = {},
                    .measured = true};
  if (measured.end == measure::StageEnd::kInterrupted)
    sides.ended = kInterruptedCode;
  return sides;
}

StoredSides AgainstRun(const Arguments& arguments, Streams& streams) {
  const std::vector<std::string> files = Files(arguments);
  if (files.size() + (arguments.tail().empty() ? 0 : 1) > 1)
    Misuse("a baseline is compared with one file or one program");
  store::History history(DatabasePath(arguments),
                         store::History::Mode::kReadOnly);
  benchfmt::Run baseline = history.Load(arguments.Text("baseline"));
  if (!arguments.tail().empty())
    return AgainstProgram(std::move(baseline), arguments, streams);
  benchfmt::Run head =
      files.empty() ? history.Load("latest") : ReadInputs(files).front();
  if (head.id == baseline.id) Misuse("the newest run is the baseline itself");
  return {.runs = {std::move(baseline), std::move(head)}};
}

StoredSides LatestComparison(const Arguments& arguments) {
  store::History history(DatabasePath(arguments),
                         store::History::Mode::kReadOnly);
  const auto record = history.FindComparison("latest");
  if (!record)
    throw Error(Failure::kUsage, "no comparison is stored yet",
                "opstat gate, or --from BASE_FILE HEAD_FILE");
  StoredSides sides;
  for (const std::string& id : record->runs)
    sides.runs.push_back(history.Load(id));
  return sides;
}

}  // namespace

bool TakesStoredSides(const Arguments& arguments) {
  return arguments.Has("from") || arguments.Has("baseline");
}

bool HasStoredSides(const Arguments& arguments) {
  if (TakesStoredSides(arguments)) return true;
  const std::string path = DatabasePath(arguments);
  const bool exists =
      store::IsPostgresUrl(path) || std::filesystem::exists(path);
  return exists && store::History(path, store::History::Mode::kReadOnly)
                       .FindComparison("latest")
                       .has_value();
}

StoredSides TakeStoredSides(const Arguments& arguments, Streams& streams) {
  if (arguments.Has("baseline")) return AgainstRun(arguments, streams);
  return arguments.Has("from") ? TwoFiles(arguments)
                               : LatestComparison(arguments);
}

}  // namespace opstat::cli
