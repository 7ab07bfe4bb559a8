#include "opstat/cli/gate_report.h"
#include "opstat/cli/json.h"
#include "opstat/cli/render_json.h"

namespace opstat::cli {
namespace {

void WriteBlamed(Json& json, const Blamed& blamed) {
  json.Object([&] {
    json.Field("benchmark", blamed.benchmark);
    json.Field("site", blamed.site);
    json.Field("file", blamed.file);
    json.Field("line", blamed.line);
    json.Field("command", blamed.command);
  });
}

}  // namespace

std::string GateJson(const GateReport& report, bool samples) {
  return ComparisonJson(report.comparison, samples, [&](Json& json) {
    json.Key("gate").Object([&] {
      json.Field("headline", report.Headline());
      json.Field("exit_code", report.exit_code);
      json.Values("failures", report.failures);
      json.Key("blame").Array([&] {
        for (const Blamed& blamed : report.blamed) WriteBlamed(json, blamed);
      });
    });
  });
}

}  // namespace opstat::cli
