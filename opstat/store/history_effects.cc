// The effects of A/A comparisons, read out of their documents.
#include <rapidjson/document.h>

#include <set>
#include <utility>

#include "opstat/store/history.h"
#include "opstat/store/transaction.h"

namespace opstat::store {
namespace {

using rapidjson::Value;

std::string_view Text(const Value& object, const char* name) {
  const auto member = object.FindMember(name);
  if (member == object.MemberEnd() || !member->value.IsString()) return {};
  return {member->value.GetString(), member->value.GetStringLength()};
}

// The Hodges-Lehmann ratio of a row that decides.
std::optional<double> DecidingRatio(const Value& row) {
  if (!row.IsObject() || Text(row, "role") != "decides") return std::nullopt;
  const auto member = row.FindMember("hodges_lehmann");
  if (member == row.MemberEnd() || !member->value.IsObject())
    return std::nullopt;
  const auto ratio = member->value.FindMember("ratio");
  if (ratio == member->value.MemberEnd() || !ratio->value.IsNumber())
    return std::nullopt;
  return ratio->value.GetDouble();
}

}  // namespace

std::map<std::string, std::vector<double>> History::IdenticalEffects(
    const std::string& host) {
  Statement documents(
      *database_,
      "SELECT run.session, comparison.document FROM run"
      " JOIN comparison_run ON comparison_run.run = run.id AND position = 0"
      " JOIN comparison ON comparison.id = comparison_run.comparison"
      " WHERE run.host = $1 AND run.facts LIKE $2"
      " ORDER BY comparison.id DESC");
  // As ToJson writes it; a quote within a fact is escaped.
  documents.Bind(host, "%\"" + std::string(kIdenticalFact) + "\":\"true\"%");
  std::map<std::string, std::vector<double>> effects;
  std::set<std::pair<std::string, std::string>> seen;
  while (documents.Step()) {
    rapidjson::Document document;
    const std::string text = documents.Text(1);
    document.Parse(text.data(), text.size());
    if (!document.IsObject()) continue;
    const Value& comparison = document;
    const auto rows = comparison.FindMember("rows");
    if (rows == comparison.MemberEnd() || !rows->value.IsArray()) continue;
    for (const Value& row : rows->value.GetArray()) {
      const auto ratio = DecidingRatio(row);
      std::string benchmark(ratio ? Text(row, "benchmark") : "");
      if (ratio && seen.emplace(documents.Text(0), benchmark).second)
        effects[std::move(benchmark)].push_back(*ratio - 1);
    }
  }
  return effects;
}

}  // namespace opstat::store
