#include "opstat/store/history.h"

#include <limits>

#include "opstat/store/database.h"
#include "opstat/store/open.h"

namespace opstat::store {

History::History(const std::string& path, Mode mode)
    : database_(OpenHistory(path, mode)) {}

History::~History() = default;

std::vector<RunLine> History::List(std::int64_t limit) {
  Statement runs(*database_,
                 "SELECT uuid, time, label, commit_hash, host, benchmarks,"
                 " samples FROM run ORDER BY id DESC LIMIT $1");
  runs.Bind(limit < 0 ? std::numeric_limits<std::int64_t>::max() : limit);
  std::vector<RunLine> lines;
  while (runs.Step()) {
    lines.push_back({.id = runs.Text(0),
                     .time = runs.Text(1),
                     .label = runs.Text(2),
                     .commit = runs.Text(3),
                     .host = runs.Text(4),
                     .benchmarks = runs.Integer(5),
                     .samples = runs.Integer(6)});
  }
  return lines;
}

}  // namespace opstat::store
