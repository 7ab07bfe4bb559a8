#include "opstat/store/find_run.h"

#include <optional>
#include <vector>

namespace opstat::store {
namespace {

struct Candidate {
  std::int64_t key;
  std::string id, time, label;
};

// As many as an error message can list.
constexpr std::size_t kMostCandidates = 5;

// Exact matches first: a whole id is never ambiguous.
std::vector<Candidate> FindCandidates(Database& database,
                                      const std::string& id) {
  Statement find(
      database,
      id == "latest"
          ? "SELECT id, uuid, time, label FROM run WHERE pruned IS NULL"
            " ORDER BY id DESC LIMIT 1"
          : "SELECT id, uuid, time, label FROM run"
            " WHERE substr(uuid, 1, length($1)) = $1"
            " ORDER BY uuid <> $1, id DESC LIMIT $2");
  if (id != "latest") {
    find.Bind(id, static_cast<std::int64_t>(kMostCandidates + 1));
  }
  std::vector<Candidate> candidates;
  while (find.Step()) {
    candidates.push_back(
        {find.Integer(0), find.Text(1), find.Text(2), find.Text(3)});
  }
  return candidates;
}

std::optional<std::int64_t> FindTag(Database& database,
                                    const std::string& name) {
  Statement find(database, "SELECT run FROM tag WHERE name = $1");
  if (!find.Bind(name).Step()) return std::nullopt;
  return find.Integer(0);
}

std::string Listed(const std::vector<Candidate>& candidates) {
  std::string list;
  for (std::size_t i = 0; i < candidates.size() && i < kMostCandidates; ++i) {
    const auto& [key, id, time, label] = candidates[i];
    list += "\n  " + id + "  " + time + "  " + label;
  }
  return candidates.size() > kMostCandidates ? list + "\n  ..." : list;
}

}  // namespace

std::int64_t FindRun(Database& database, const std::string& id) {
  if (const auto tagged = FindTag(database, id)) return *tagged;
  const std::vector<Candidate> candidates = FindCandidates(database, id);
  if (candidates.empty()) {
    throw Error(Failure::kBadData,
                id == "latest" ? "history " + database.name() + " has no run"
                               : "history " + database.name() +
                                     " has no run with the tag '" + id +
                                     "' or whose id begins so",
                "see the recorded runs: opstat list");
  }
  if (candidates.size() > 1 && candidates.front().id != id) {
    throw Error(
        Failure::kBadData,
        "more than one run's id begins with '" + id + "':" + Listed(candidates),
        "give more digits; see all runs: opstat list");
  }
  return candidates.front().key;
}

}  // namespace opstat::store
