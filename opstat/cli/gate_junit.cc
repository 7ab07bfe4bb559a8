#include <fmt/format.h>

#include <set>

#include "opstat/cli/by_line.h"
#include "opstat/cli/cells.h"
#include "opstat/cli/gate_report.h"
#include "opstat/cli/xml.h"

namespace opstat::cli {
namespace {

using compare::GateResult;
using compare::Row;

struct Counts {
  int tests = 0, failures = 0, errors = 0, skipped = 0;
};

std::string Child(const char* name, const std::string& type,
                  const std::string& message) {
  return fmt::format("      <{} type=\"{}\" message=\"{}\"/>\n", name,
                     XmlText(type), ByLine(message, XmlText, "&#10;"));
}

// What cannot be told is an error where it fails the gate.
std::string ResultOf(const Row& row, bool cannot_tell_passes, Counts& counts) {
  const std::string finding = FindingText(row);
  switch (row.gate.result) {
    case GateResult::kFail:
      ++counts.failures;
      return Child("failure", compare::Name(row.verdict), finding);
    case GateResult::kCannotTell:
      if (cannot_tell_passes) break;
      ++counts.errors;
      return Child("error", "cannot-tell", finding);
    case GateResult::kPass:
      return "";
    default:
      break;
  }
  ++counts.skipped;
  return fmt::format(
      "      <skipped message=\"{}\"/>\n",
      XmlText(fmt::format("{}: {}", compare::Name(row.gate.result), finding)));
}

std::string TestCase(const Row& row, bool cannot_tell_passes, Counts& counts) {
  ++counts.tests;
  const std::string result = ResultOf(row, cannot_tell_passes, counts);
  const std::string start =
      fmt::format("    <testcase classname=\"{}\" name=\"{}\"",
                  XmlText(row.benchmark()), XmlText(row.unit));
  return result.empty() ? start + "/>\n"
                        : start + ">\n" + result + "    </testcase>\n";
}

std::string Unmeasured(const std::string& failure, Counts& counts) {
  ++counts.tests;
  ++counts.errors;
  return "    <testcase classname=\"opstat\" name=\"measure\">\n" +
         Child("error", "no-sample", failure) + "    </testcase>\n";
}

// A suite without a test case would pass everywhere.
std::string NothingGated(const GateReport& report, Counts& counts) {
  ++counts.tests;
  ++counts.errors;
  return "    <testcase classname=\"opstat\" name=\"gate\">\n" +
         Child("error", "nothing-gated", report.Headline()) +
         "    </testcase>\n";
}

// Those that the text counts.
std::set<const Row*> GatedRows(const GateReport& report) {
  std::set<const Row*> rows;
  for (const GateResult result :
       {GateResult::kFail, GateResult::kCannotTell, GateResult::kAllowed,
        GateResult::kAccepted, GateResult::kReport, GateResult::kPass})
    for (const Row* row : report.Rows(result)) rows.insert(row);
  return rows;
}

std::string Attributes(const Counts& counts) {
  return fmt::format(
      "name=\"opstat gate\" tests=\"{}\" failures=\"{}\" errors=\"{}\" "
      "skipped=\"{}\"",
      counts.tests, counts.failures, counts.errors, counts.skipped);
}

}  // namespace

std::string GateJunit(const GateReport& report) {
  Counts counts;
  std::string cases;
  const bool passes = report.comparison.policy.cannot_tell_passes;
  const std::set<const Row*> gated = GatedRows(report);
  for (const Row* row : ShownRows(report.comparison, true))
    if (gated.contains(row)) cases += TestCase(*row, passes, counts);
  for (const std::string& failure : report.failures)
    cases += Unmeasured(failure, counts);
  if (report.exit_code == 4 && report.failures.empty())
    cases += NothingGated(report, counts);
  const std::string attributes = Attributes(counts);
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites {0}>\n"
      "  <testsuite {0}>\n{1}  </testsuite>\n</testsuites>\n",
      attributes, cases);
}

}  // namespace opstat::cli
