#include "opstat/cli/database.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <vector>

#include "opstat/benchfmt/unit.h"
#include "opstat/cli/git.h"
#include "opstat/stats/summary.h"
#include "opstat/store/postgres_text.h"

namespace opstat::cli {

std::string DatabasePath(const Arguments& arguments) {
  if (std::string given = arguments.Text("db"); !given.empty()) return given;
  return (std::filesystem::path(GitRoot()) / ".opstat" / "history.db").string();
}

std::string FolderOfDatabase(const std::string& database) {
  if (store::IsPostgresUrl(database))
    return (std::filesystem::path(GitRoot()) / ".opstat").string();
  return std::filesystem::path(database).parent_path().string();
}

store::Summary SummarizeForStore(const benchfmt::Measurement& measurement) {
  std::vector<double> measured;
  for (double value : measurement.values)
    if (!std::isnan(value)) measured.push_back(value);
  stats::Summary summary = stats::Summarize(measured);
  if (benchfmt::IsExact(measurement.unit) &&
      std::ranges::count(measured, summary.center) == summary.n)
    summary.low = summary.high = summary.center;
  const auto finite = [](double bound) {
    return std::isfinite(bound) ? bound : benchfmt::kUnmeasured;
  };
  return {summary.n, summary.center, finite(summary.low), finite(summary.high)};
}

}  // namespace opstat::cli
