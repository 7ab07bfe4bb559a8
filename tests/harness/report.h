#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace opstat::harness {

/// One `iteration` row of a Google Benchmark report.
struct ReportRow {
  std::string name;
  bool failed = false;
  std::map<std::string, double> numbers;

  std::optional<double> Number(const std::string& field) const;
};

struct Report {
  std::map<std::string, std::string> context;  ///< its strings
  std::vector<ReportRow> rows;

  /// The rows of that name, one a repetition.
  std::vector<ReportRow> Rows(const std::string& name) const;
};

/// Runs `command` (given to sh) and parses the JSON that it prints. Throws
/// std::runtime_error when it fails or prints something else.
Report RunBenchmarks(const std::string& command);

}  // namespace opstat::harness
