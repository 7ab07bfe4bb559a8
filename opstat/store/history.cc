#include "opstat/store/history.h"

#include <limits>

#include "opstat/store/database.h"
#include "opstat/store/open.h"

namespace opstat::store {

History::History(const std::string& path, Mode mode)
    : database_(OpenHistory(path, mode)) {}

History::~History() = default;

namespace {

// By the ids of runs.
std::map<std::string, std::vector<std::string>> ReadTags(Database& database) {
  Statement rows(database,
                 "SELECT uuid, name FROM tag JOIN run ON run.id = tag.run"
                 " ORDER BY name");
  std::map<std::string, std::vector<std::string>> tags;
  while (rows.Step()) tags[rows.Text(0)].push_back(rows.Text(1));
  return tags;
}

}  // namespace

std::vector<RunLine> History::List(std::int64_t limit) {
  Statement runs(*database_,
                 "SELECT uuid, time, label, commit_hash, host, benchmarks,"
                 " samples FROM run WHERE pruned IS NULL"
                 " ORDER BY id DESC LIMIT $1");
  runs.Bind(limit < 0 ? std::numeric_limits<std::int64_t>::max() : limit);
  auto tags = ReadTags(*database_);
  std::vector<RunLine> lines;
  while (runs.Step()) {
    lines.push_back({.id = runs.Text(0),
                     .time = runs.Text(1),
                     .label = runs.Text(2),
                     .commit = runs.Text(3),
                     .host = runs.Text(4),
                     .benchmarks = runs.Integer(5),
                     .samples = runs.Integer(6),
                     .tags = std::move(tags[runs.Text(0)])});
  }
  return lines;
}

}  // namespace opstat::store
