#include "opstat/cli/history_json.h"

#include "opstat/benchfmt/unit.h"
#include "opstat/cli/json.h"

namespace opstat::cli {
namespace {

using compare::Trend;
using compare::TrendChange;
using compare::TrendPoint;

void WritePoint(Json& json, const TrendPoint& point) {
  json.Object([&] {
    json.Field("run", point.run->id);
    json.Field("time", point.run->time);
    json.Field("commit", point.run->Fact("commit.hash"));
    json.Field("branch", point.run->Fact("commit.branch"));
    json.Field("n", point.n);
    json.Field("median", point.median);
    json.Field("low", point.low);
    json.Field("high", point.high);
  });
}

void WriteChange(Json& json, const Trend& trend, const TrendChange& change) {
  const benchfmt::Run& run = *trend.points[change.index].run;
  json.Object([&] {
    json.Field("index", static_cast<std::int64_t>(change.index));
    json.Field("run", run.id);
    json.Field("commit", run.Fact("commit.hash"));
    json.Field("before", change.before);
    json.Field("after", change.after);
    json.Field("delta_percent", change.DeltaPercent());
    json.Field("firm", change.firm);
    json.Key("accepted");
    if (change.accepted == nullptr)
      json.Null();
    else
      json.Object([&] {
        json.Field("reason", change.accepted->reason);
        json.Field("until", change.accepted->until);
      });
  });
}

void WriteTrend(Json& json, const Trend& trend) {
  json.Object([&] {
    json.Field("benchmark", trend.benchmark);
    json.Field("unit", trend.unit);
    json.Field("better",
               benchfmt::HigherIsBetter(trend.unit) ? "higher" : "lower");
    json.Field("host", trend.host);
    json.Field("branch", trend.branch);
    json.Key("points").Array([&] {
      for (const TrendPoint& point : trend.points) WritePoint(json, point);
    });
    json.Key("change_points").Array([&] {
      for (const TrendChange& change : trend.changes)
        WriteChange(json, trend, change);
    });
  });
}

}  // namespace

std::string HistoryJson(std::span<const Trend> trends) {
  Json json;
  json.Object([&] {
    json.Field("schema", "opstat.history/1");
    json.Key("series").Array([&] {
      for (const Trend& trend : trends) WriteTrend(json, trend);
    });
  });
  return json.Text();
}

}  // namespace opstat::cli
