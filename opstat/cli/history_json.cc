#include "opstat/cli/history_json.h"

#include <optional>
#include <unordered_map>
#include <vector>

#include "opstat/benchfmt/unit.h"
#include "opstat/cli/curve.h"
#include "opstat/cli/json.h"

namespace opstat::cli {
namespace {

using compare::Trend;
using compare::TrendChange;
using compare::TrendPoint;

void WriteRun(Json& json, const benchfmt::Run& run) {
  json.Field("run", run.id);
  json.Field("time", run.time);
  json.Field("commit", run.Fact("commit.hash"));
  json.Field("branch", run.Fact("commit.branch"));
}

void WritePoint(Json& json, const TrendPoint& point) {
  json.Object([&] {
    WriteRun(json, *point.run);
    json.Field("n", point.n);
    json.Field("median", point.median);
    json.Field("low", point.low);
    json.Field("high", point.high);
  });
}

// Points that go into columns, and the runs that these speak of.
class Packing {
 public:
  explicit Packing(std::vector<double>& columns) : columns_(columns) {}

  void Write(Json& json, const Trend& trend) {
    json.Key("packed").Object([&] {
      json.Field("count", std::ssize(trend.points));
      json.Field("latest", trend.points.back().run->time);
      json.Field("place", std::ssize(columns_));
    });
    const auto column = [&](const auto& of) {
      for (const TrendPoint& point : trend.points)
        columns_.push_back(static_cast<double>(of(point)));
    };
    column([&](const TrendPoint& point) { return Place(point.run.get()); });
    column([](const TrendPoint& point) { return point.n; });
    column([](const TrendPoint& point) { return point.median; });
    column([](const TrendPoint& point) { return point.low; });
    column([](const TrendPoint& point) { return point.high; });
  }
  void WriteRuns(Json& json) const {
    json.Key("runs").Array([&] {
      for (const benchfmt::Run* run : runs_)
        json.Object([&] { WriteRun(json, *run); });
    });
  }

 private:
  std::size_t Place(const benchfmt::Run* run) {
    const auto [place, is_new] = places_.try_emplace(run, runs_.size());
    if (is_new) runs_.push_back(run);
    return place->second;
  }

  std::vector<double>& columns_;
  std::vector<const benchfmt::Run*> runs_;
  std::unordered_map<const benchfmt::Run*, std::size_t> places_;
};

void WriteCurve(Json& json, const Curve& curve) {
  json.Key("curve").Object([&] {
    json.Field("path", curve.path);
    json.Field("runs", curve.runs);
    json.Field("low", curve.low);
    json.Field("high", curve.high);
  });
}

void WritePoints(Json& json, const Trend& trend) {
  json.Key("points").Array([&] {
    for (const TrendPoint& point : trend.points) WritePoint(json, point);
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

void WriteTrend(Json& json, const Trend& trend, bool curves,
                std::optional<Packing>& packing) {
  json.Object([&] {
    json.Field("benchmark", trend.benchmark);
    json.Field("unit", trend.unit);
    json.Field("better",
               benchfmt::HigherIsBetter(trend.unit) ? "higher" : "lower");
    json.Field("host", trend.host);
    json.Field("branch", trend.branch);
    if (curves) WriteCurve(json, CurveOf(trend));
    if (packing)
      packing->Write(json, trend);
    else
      WritePoints(json, trend);
    json.Key("change_points").Array([&] {
      for (const TrendChange& change : trend.changes)
        WriteChange(json, trend, change);
    });
  });
}

}  // namespace

std::string HistoryJson(std::span<const Trend> trends, HistoryJsonStyle style) {
  std::optional<Packing> packing;
  if (style.columns != nullptr) packing.emplace(*style.columns);
  Json json;
  json.Object([&] {
    json.Field("schema", "opstat.history/1");
    json.Key("series").Array([&] {
      for (const Trend& trend : trends)
        WriteTrend(json, trend, style.curves, packing);
    });
    if (packing) packing->WriteRuns(json);
  });
  return json.Text();
}

}  // namespace opstat::cli
