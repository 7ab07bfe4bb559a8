#include "opstat/cli/report_json.h"

#include <map>

#include "opstat/cli/database.h"
#include "opstat/cli/json.h"
#include "opstat/cli/render_json.h"
#include "opstat/cli/version.h"

namespace opstat::cli {
namespace {

void WriteMeasurement(Json& json, const benchfmt::Measurement& measurement) {
  const store::Summary summary = SummarizeForStore(measurement);
  json.Object([&] {
    json.Field("unit", measurement.unit);
    json.Field("n", summary.n);
    json.Field("median", summary.median);
    json.Field("low", summary.low);
    json.Field("high", summary.high);
    json.Values("values", measurement.values);
  });
}

void WriteBenchmark(Json& json, const benchfmt::Benchmark& benchmark,
                    const std::string& clock) {
  json.Object([&] {
    json.Field("name", benchmark.name);
    json.Field("decided_by", clock);
    json.Key("measurements").Array([&] {
      for (const auto& measurement : benchmark.measurements)
        WriteMeasurement(json, measurement);
    });
  });
}

void WriteRun(Json& json, const benchfmt::Run& run) {
  const std::map<std::string, std::string> clocks = DecidingClocks(run);
  json.Object([&] {
    json.Field("id", run.id);
    json.Field("time", run.time);
    json.Field("label", run.label);
    json.Field("facts", run.facts);
    json.Values("warnings", run.warnings);
    json.Key("benchmarks").Array([&] {
      for (const benchfmt::Benchmark& benchmark : run.benchmarks) {
        const auto clock = clocks.find(benchmark.name);
        WriteBenchmark(json, benchmark,
                       clock == clocks.end() ? "" : clock->second);
      }
    });
  });
}

void WriteBenchmarkNoise(Json& json, const BenchmarkNoise& noise) {
  json.Object([&] {
    json.Field("benchmark", noise.benchmark);
    json.Field("unit", noise.unit);
    json.Field("n", noise.n);
    json.Field("cv", noise.cv);
    json.Field("detectable", noise.detectable);
    json.Key("tau").Object([&] {
      json.Field("value", noise.tau.value);
      json.Field("origin", noise.tau.origin);
    });
    json.Values("effects", noise.effects);
  });
}

void WriteRate(Json& json, const char* key, const AlarmRate& rate) {
  json.Key(key).Object([&] {
    json.Field("of", rate.of);
    json.Field("alarms", rate.alarms);
    json.Field("low", rate.low);
    json.Field("high", rate.high);
  });
}

void WriteNoise(Json& json, const MachineNoise& noise) {
  json.Object([&] {
    json.Field("host", noise.host);
    WriteRate(json, "comparisons", noise.comparisons);
    WriteRate(json, "rows", noise.rows);
    json.Field("confidence", noise.confidence);
    json.Field("alpha", noise.alpha);
    json.Field("power", noise.power);
    json.Key("benchmarks").Array([&] {
      for (const BenchmarkNoise& one : noise.benchmarks)
        WriteBenchmarkNoise(json, one);
    });
  });
}

void WriteDocument(Json& json, const char* key, const std::string& document) {
  json.Key(key);
  if (document.empty())
    json.Null();
  else
    json.Raw(document);
}

}  // namespace

std::string ReportJson(const ReportParts& parts) {
  Json json;
  json.Object([&] {
    json.Field("schema", "opstat.report/1");
    json.Field("tool", VersionText());
    json.Field("commit_url", parts.commit_url);
    json.Key("run");
    WriteRun(json, *parts.run);
    WriteDocument(json, "comparison",
                  parts.comparison == nullptr
                      ? ""
                      : ComparisonJson(*parts.comparison, true));
    WriteDocument(json, "history", parts.history);
    json.Key("noise");
    if (parts.noise)
      WriteNoise(json, *parts.noise);
    else
      json.Null();
  });
  return json.Text();
}

}  // namespace opstat::cli
