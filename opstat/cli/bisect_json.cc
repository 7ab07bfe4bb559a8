#include "opstat/cli/bisect_report.h"
#include "opstat/cli/json.h"

namespace opstat::cli {
namespace {

using checkout::Commit;
using compare::SearchResult;

// Written only where there is one; absent values are null.
void Write(Json& json, const char* key,
           const std::optional<compare::Difference>& difference) {
  json.Key(key);
  if (!difference) return json.Null();
  json.Object([&] {
    json.Field("n", static_cast<std::int64_t>(difference->n));
    json.Field("ratio", difference->ratio.ratio);
    json.Field("low", difference->ratio.low);
    json.Field("high", difference->ratio.high);
    json.Field("confidence", difference->ratio.confidence);
    json.Field("p_greater", difference->p.greater);
    json.Field("p_less", difference->p.less);
  });
}

void Write(Json& json, const char* key,
           const std::optional<compare::ExactSide>& count) {
  json.Key(key);
  if (!count) return json.Null();
  json.Object([&] {
    json.Field("low", count->min);
    json.Field("high", count->max);
    json.Field("resolution", count->resolution);
  });
}

void WriteCommit(Json& json, const Commit& commit) {
  json.Field("commit", commit.hash);
  json.Field("author", commit.author);
  json.Field("date", commit.date);
  json.Field("subject", commit.subject);
}

void WriteEnd(Json& json, const char* key, const std::string& label,
              const Commit& commit,
              const std::optional<compare::ExactSide>& count) {
  json.Key(key).Object([&] {
    json.Field("label", label);
    WriteCommit(json, commit);
    Write(json, "count", count);
  });
}

void WriteSteps(Json& json, const BisectReport& report) {
  json.Key("steps").Array([&] {
    for (const compare::SearchStep& step : report.result.steps)
      json.Object([&] {
        WriteCommit(json, report.line[step.commit]);
        json.Field("place", Name(step.place));
        json.Field("why", step.why);
        Write(json, "count", step.count);
        Write(json, "from_good", step.from_good);
        Write(json, "from_bad", step.from_bad);
      });
  });
}

void WriteCulprit(Json& json, const BisectReport& report) {
  const SearchResult& result = report.result;
  json.Key("culprit");
  if (result.outcome != SearchResult::Outcome::kFound) return json.Null();
  json.Object([&] {
    WriteCommit(json, report.line[result.bad]);
    json.Field("parent", report.line[result.good].hash);
    Write(json, "effect", result.confirmation);
    Write(json, "parent_count", result.parent);
    Write(json, "count", result.culprit);
  });
}

// The commits among which the change is: those after `good`, and `bad`.
void WriteRange(Json& json, const BisectReport& report) {
  json.Key("range").Array([&] {
    for (std::size_t i = report.result.good + 1; i <= report.result.bad; ++i)
      json.Value(report.line[i].hash);
  });
}

}  // namespace

std::string BisectJson(const BisectReport& report, int exit_code) {
  const SearchResult& result = report.result;
  Json json;
  json.Object([&] {
    json.Field("schema", "opstat.bisect/1");
    json.Field("benchmark", report.benchmark);
    json.Field("unit", report.unit);
    json.Field("walk", "first-parent");
    json.Field("seed", static_cast<std::int64_t>(report.seed));
    WriteEnd(json, "good", report.good, report.line.front(), result.good_end);
    WriteEnd(json, "bad", report.bad, report.line.back(), result.bad_end);
    json.Field("commits", static_cast<int>(report.line.size() - 1));
    Write(json, "ends", result.ends);
    json.Values("exact_units", report.exact_units);
    WriteSteps(json, report);
    json.Field("outcome", Name(result.outcome));
    json.Field("why", result.why);
    WriteCulprit(json, report);
    WriteRange(json, report);
    json.Field("exit_code", exit_code);
  });
  return json.Text();
}

}  // namespace opstat::cli
