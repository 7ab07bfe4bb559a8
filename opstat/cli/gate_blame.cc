#include "opstat/cli/gate_blame.h"

#include <fmt/format.h>

#include <algorithm>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/unit.h"
#include "opstat/cli/blame.h"

namespace opstat::cli {
namespace {

namespace fs = std::filesystem;
using compare::GrownCallSite;

constexpr std::size_t kMostLookedInto = 3;

std::vector<std::string> FailedBenchmarks(
    const compare::Comparison& comparison) {
  std::vector<std::string> names;
  for (const compare::Row& row : comparison.rows)
    if (row.gate.result == compare::GateResult::kFail &&
        row.verdict == compare::Verdict::kRegression &&
        (row.unit == benchfmt::kAllocs || row.unit == benchfmt::kBytes) &&
        std::ranges::count(names, row.benchmark()) == 0)
      names.push_back(row.benchmark());
  return names;
}

// The program's variables come by env(1), which blame has no option for.
std::string CommandText(const measure::Side& side) {
  std::string text = side.environment.empty() ? "" : "env";
  const auto add = [&](const std::string& word) {
    text += (text.empty() ? "" : " ") + ShellWord(word);
  };
  for (const auto& [name, value] : side.environment) add(name + "=" + value);
  for (const std::string& word : side.argv) add(word);
  return text;
}

std::string BlameCommandText(const std::vector<measure::Side>& sides,
                             const std::string& benchmark) {
  return fmt::format("opstat blame --base-cmd {} --head-cmd {} --filter {}",
                     ShellWord(CommandText(sides[0])),
                     ShellWord(CommandText(sides[1])),
                     ShellWord("^" + measure::EscapeRegex(benchmark) + "$"));
}

// Below the contender's sources, the path within them.
std::string FileWithin(const std::string& file, const fs::path& source) {
  if (source.empty() || file.empty()) return "";
  const std::string within =
      fs::path(file).lexically_relative(source).generic_string();
  return within.starts_with("..") ? "" : within;
}

void Describe(const GrownCallSite& grown, const fs::path& source,
              Blamed& blamed) {
  const benchfmt::Frame& frame = grown.contender.frame;
  blamed.file = FileWithin(frame.file, source);
  blamed.line = frame.line;
  const std::string file = blamed.file.empty() ? frame.file : blamed.file;
  const std::string place =
      frame.line > 0 ? fmt::format("{}:{}", file, frame.line)
                     : fmt::format("{}+{:#x}", frame.module, frame.offset);
  blamed.site =
      fmt::format("{}{}{}: {:+.6g} allocs/op, {:+.6g} B/op", place,
                  frame.function.empty() ? "" : " in ", frame.function,
                  grown.AddedAllocs(), grown.AddedBytes());
}

// What it cannot find out is no reason to fail: the finding stands without.
void LookInto(const CompareRun& run, Blamed& blamed) try {
  const auto program = [](const measure::Side& side) {
    constexpr double kLongest = 60;
    return CountedProgram({.argv = side.argv,
                           .time_limit = kLongest,
                           .environment = side.environment});
  };
  const compare::CallSiteGrowth growth = BlameRegression(
      program(run.sides[0]), program(run.sides[1]), blamed.benchmark);
  if (!growth.sites.empty())
    Describe(growth.sites.front(), run.sides[1].source, blamed);
} catch (const Error&) {
}

}  // namespace

std::vector<Blamed> BlameFailures(const CompareRun& run) {
  std::vector<Blamed> all;
  for (const std::string& benchmark : FailedBenchmarks(run.comparison)) {
    Blamed blamed;
    blamed.benchmark = benchmark;
    if (run.sides.size() == 2) {
      blamed.command = BlameCommandText(run.sides, benchmark);
      if (all.size() < kMostLookedInto) LookInto(run, blamed);
    }
    all.push_back(std::move(blamed));
  }
  return all;
}

std::string ShellWord(const std::string& word) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
      "_-+=:,./@%^";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos)
    return word;
  std::string quoted = "'";
  for (const char c : word)
    if (c == '\'')
      quoted += "'\\''";
    else
      quoted += c;
  return quoted + "'";
}

}  // namespace opstat::cli
