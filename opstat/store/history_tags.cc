// Names that people give to runs.
#include <algorithm>

#include "opstat/store/find_run.h"
#include "opstat/store/history.h"
#include "opstat/store/transaction.h"

namespace opstat::store {
namespace {

bool IsHexDigit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

bool IsTagName(const std::string& name) {
  constexpr std::size_t kIdLength = 32, kLongest = 255;
  const bool id =
      name.size() == kIdLength && std::ranges::all_of(name, IsHexDigit);
  const bool graphic = std::ranges::none_of(
      name, [](char c) { return (c >= 0 && c <= ' ') || c == '\x7f'; });
  return !name.empty() && name.size() <= kLongest && name != "latest" &&
         name[0] != '-' && graphic && !id;
}

}  // namespace

std::string History::Tag(const std::string& name, const std::string& run,
                         const std::string& time) {
  if (!IsTagName(name))
    throw Error(Failure::kUsage, "'" + name + "' cannot be a tag",
                "a tag has no spaces, does not begin with '-', and is neither "
                "'latest' nor a run's id");
  return InTransaction(*database_, Database::Access::kWrite, [&] {
    const std::int64_t key = FindRun(*database_, run);
    Statement id(*database_,
                 "SELECT uuid FROM run WHERE id = $1 AND pruned IS NULL");
    if (!id.Bind(key).Step())
      throw Error(Failure::kBadData,
                  "run '" + run + "' has no samples any more to keep",
                  "see the runs that have: opstat list");
    std::string uuid = id.Text(0);
    id.Reset();
    Statement(*database_, "DELETE FROM tag WHERE name = $1").Bind(name).Run();
    Statement(*database_,
              "INSERT INTO tag (name, run, time) VALUES ($1, $2, $3)")
        .Bind(name, key, time)
        .Run();
    return uuid;
  });
}

std::optional<SeriesRun> History::Tagged(const std::string& name) {
  return InTransaction(
      *database_, Database::Access::kRead, [&]() -> std::optional<SeriesRun> {
        Statement run(*database_,
                      "SELECT uuid, run.time, commit_hash, commit_time, branch,"
                      " host, label, session, side"
                      " FROM tag JOIN run ON run.id = tag.run"
                      " WHERE tag.name = $1");
        if (!run.Bind(name).Step()) return std::nullopt;
        return SeriesRun{run.Text(0), run.Text(1), run.Text(2),
                         run.Text(3), run.Text(4), run.Text(5),
                         run.Text(6), run.Text(7), run.Text(8)};
      });
}

void History::DeleteTag(const std::string& name) {
  const bool found = InTransaction(*database_, Database::Access::kWrite, [&] {
    Statement tag(*database_, "DELETE FROM tag WHERE name = $1 RETURNING name");
    return tag.Bind(name).Step();
  });
  if (!found)
    throw Error(Failure::kBadData,
                "history " + database_->name() + " has no tag '" + name + "'",
                "see the tags: opstat list");
}

}  // namespace opstat::store
