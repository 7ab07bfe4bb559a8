#include "opstat/cli/database.h"

#include <cmath>
#include <filesystem>
#include <vector>

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

store::Summary SummarizeForStore(std::span<const double> values) {
  std::vector<double> measured;
  for (double value : values)
    if (!std::isnan(value)) measured.push_back(value);
  const stats::Summary summary = stats::Summarize(measured);
  const auto finite = [](double bound) {
    return std::isfinite(bound) ? bound : benchfmt::kUnmeasured;
  };
  return {summary.n, summary.center, finite(summary.low), finite(summary.high)};
}

}  // namespace opstat::cli
