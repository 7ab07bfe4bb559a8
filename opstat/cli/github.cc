#include "opstat/cli/github.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "opstat/benchfmt/error.h"
#include "opstat/cli/terminal.h"

namespace opstat::cli {
namespace {

using compare::GateResult;
using compare::Row;

constexpr std::size_t kMostShown = 10;

std::string Percented(std::string_view text, std::string_view special) {
  std::string data;
  for (const char c : text)
    if (special.find(c) == std::string_view::npos)
      data += c;
    else
      data += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return data;
}

std::string Annotation(const char* level, const Row& row,
                       const GateReport& report) {
  std::string place;
  std::string message =
      fmt::format("{} {}", OneLine(row.benchmark()), OneLine(FindingText(row)));
  if (const Blamed* blamed = report.BlameOf(row.benchmark())) {
    if (!blamed->file.empty())
      place = fmt::format("file={},line={},", WorkflowProperty(blamed->file),
                          blamed->line);
    if (!blamed->site.empty()) message += "; at " + OneLine(blamed->site);
  }
  return fmt::format("::{} {}title={}::{}\n", level, place,
                     WorkflowProperty("opstat gate"), WorkflowData(message));
}

std::string Level(const char* level, const std::vector<const Row*>& rows,
                  const GateReport& report) {
  std::string text;
  const bool all = rows.size() <= kMostShown;
  const std::size_t shown = all ? rows.size() : kMostShown - 1;
  for (std::size_t i = 0; i < shown; ++i)
    text += Annotation(level, *rows[i], report);
  if (!all)
    text += fmt::format("::{} title=opstat gate::and {} more rows\n", level,
                        rows.size() - shown);
  return text;
}

}  // namespace

bool RunsInGithub() {
  const char* value = std::getenv("GITHUB_ACTIONS");
  return value != nullptr && std::string_view(value) == "true";
}

std::string Annotations(const GateReport& report) {
  std::string text =
      Level("error", report.Rows(GateResult::kFail), report) +
      Level("warning", report.Rows(GateResult::kCannotTell), report);
  if (report.exit_code != 0)
    text += fmt::format("::{} title=opstat gate::{}\n",
                        report.exit_code == 3 ? "warning" : "error",
                        WorkflowData(report.Headline()));
  return text;
}

std::string WorkflowData(std::string_view text) {
  return Percented(text, "%\r\n");
}

std::string WorkflowProperty(std::string_view text) {
  return Percented(text, "%\r\n:,");
}

void AppendStepSummary(std::string_view markdown) {
  const char* path = std::getenv("GITHUB_STEP_SUMMARY");
  if (path == nullptr || *path == '\0') return;
  std::ofstream file(path, std::ios::binary | std::ios::app);
  file << markdown << std::flush;
  if (!file)
    throw Error(Failure::kBadData,
                fmt::format("cannot append to GITHUB_STEP_SUMMARY '{}'", path));
}

}  // namespace opstat::cli
