#include "opstat/cli/render_json.h"

#include <fmt/format.h>

#include "opstat/cli/json.h"

namespace opstat::cli {
namespace {

using compare::Comparison;
using compare::Row;

void WriteSide(Json& json, const Comparison::Side& side) {
  json.Object([&] {
    json.Field("label", side.label);
    json.Field("commit", side.commit);
    json.Field("run", side.run);
  });
}

void WriteCenter(Json& json, std::string_view key,
                 const std::optional<compare::Center>& side) {
  json.Key(key);
  if (!side) return json.Null();
  json.Object([&] {
    json.Field("n", side->n);
    json.Field("center", side->center);
    json.Field("low", side->low);
    json.Field("high", side->high);
    json.Field("confidence", side->confidence);
  });
}

void WriteHodgesLehmann(Json& json, const Row& row) {
  json.Key("hodges_lehmann");
  if (!row.hodges_lehmann) return json.Null();
  json.Object([&] {
    json.Field("ratio", row.hodges_lehmann->ratio);
    json.Field("low", row.hodges_lehmann->low);
    json.Field("high", row.hodges_lehmann->high);
    json.Field("confidence", row.hodges_lehmann->confidence);
  });
}

void WriteTableKey(Json& json, const compare::TableKey& key) {
  json.Object([&] {
    for (const auto& [name, value] : key) json.Field(name, value);
  });
}

void WriteIdentity(Json& json, const compare::TableKey& table, const Row& row) {
  json.Field("benchmark", row.benchmark());
  json.Key("table");
  WriteTableKey(json, table);
  json.Field("key", row.subject->key);
  json.Field("unit", row.unit);
  json.Field("role", compare::Name(row.role));
  json.Field("decided_by", row.decided_by);
  json.Field("better", row.higher_is_better ? "higher" : "lower");
  json.Field("contender_index", row.contender_index);
  json.Field("sides", compare::Name(row.sides));
}

void WriteNumbers(Json& json, const Row& row) {
  WriteCenter(json, "baseline", row.baseline);
  WriteCenter(json, "contender", row.contender);
  json.Field("ratio", row.ratio);
  json.Field("difference", row.difference);
  json.Key("delta_percent");
  if (row.ratio)
    json.Value(100 * (*row.ratio - 1));
  else
    json.Null();
  json.Field("p_value", row.p_value);
  json.Field("p_greater", row.p_greater);
  json.Field("p_less", row.p_less);
  WriteHodgesLehmann(json, row);
  json.Field("bound", row.bound);
}

void WriteGate(Json& json, const Row& row) {
  const compare::Limits& limits = *row.limits;
  json.Key("gate").Object([&] {
    json.Field("result", compare::Name(row.gate.result));
    json.Field("role", compare::Name(limits.role));
    json.Field("reason", row.gate.reason);
    json.Field("rule", limits.origin);
    json.Key("threshold").Object([&] {
      json.Field("relative", limits.threshold.relative);
      json.Field("absolute", limits.threshold.absolute);
    });
    json.Field("budget", limits.budget);
  });
}

void WriteDecision(Json& json, const Row& row) {
  json.Key("tau").Object([&] {
    json.Field("value", row.tau.value);
    json.Field("origin", row.tau.origin);
  });
  json.Field("alpha_row", row.alpha_row);
  json.Field("stage", compare::Name(row.stage));
  json.Field("screen_p", row.screen_p);
  json.Field("rule", row.rule);
  json.Key("verdict");
  if (row.verdict == compare::Verdict::kNone)
    json.Null();
  else
    json.Value(compare::Name(row.verdict));
  json.Values("warnings", row.warnings);
  json.Field("must_see", row.must_see);
  WriteGate(json, row);
}

void WriteRow(Json& json, const compare::TableKey& table, const Row& row,
              bool samples) {
  json.Object([&] {
    WriteIdentity(json, table, row);
    WriteNumbers(json, row);
    WriteDecision(json, row);
    if (!samples) return;
    json.Key("samples").Object([&] {
      json.Values("baseline", row.baseline_samples);
      json.Values("contender", row.contender_samples);
    });
  });
}

void WriteGeomean(Json& json, const compare::TableKey& table,
                  const compare::Geomean& geomean) {
  json.Object([&] {
    json.Key("table");
    WriteTableKey(json, table);
    json.Field("unit", geomean.unit);
    json.Field("contender_index", geomean.contender_index);
    json.Field("baseline", geomean.baseline);
    json.Field("contender", geomean.contender);
    json.Field("delta_percent", geomean.delta_percent);
    json.Values("warnings", geomean.warnings);
  });
}

void WriteHow(Json& json, const Comparison& comparison) {
  json.Field("session", comparison.session);
  json.Field("interleaved", comparison.interleaved);
  // As text: a seed has 64 bits, and JavaScript's numbers 53.
  json.Field("seed", std::to_string(comparison.seed));
  json.Field("environment", comparison.environment);
  json.Key("policy").Object([&] {
    json.Field("mode", compare::Name(comparison.policy.mode));
    json.Field("alpha", comparison.policy.alpha);
    json.Field("correction", compare::Name(comparison.policy.correction));
    json.Field("m", comparison.m);
    json.Field("must_see", comparison.policy.must_see);
    json.Field("source", comparison.policy.source);
    json.Key("rules").Array([&] {
      for (const compare::Rule& rule : comparison.policy.rules)
        json.Value(rule.origin);
    });
  });
  json.Key("self_check").Object([&] {
    json.Field("tests", comparison.self_check.tests);
    json.Field("fired", comparison.self_check.fired);
    json.Field("limit", comparison.self_check.limit);
  });
}

const char* OutcomeName(const Comparison& comparison) {
  if (comparison.no_baseline && comparison.outcome != 1) return "no-baseline";
  switch (comparison.outcome) {
    case 0:
      return "fine";
    case 1:
      return "regression";
    case 3:
      return "cannot-tell";
    default:
      return "nothing-compared";
  }
}

void WriteComparison(Json& json, const Comparison& comparison, bool samples,
                     const std::function<void(Json&)>& more = {}) {
  json.Object([&] {
    json.Field("schema", "opstat.compare/1");
    json.Key("baseline");
    WriteSide(json, comparison.baseline);
    json.Key("contenders").Array([&] {
      for (const auto& side : comparison.contenders) WriteSide(json, side);
    });
    WriteHow(json, comparison);
    json.Key("rows").Array([&] {
      for (const Row& row : comparison.rows)
        WriteRow(json, comparison.tables[row.table], row, samples);
    });
    json.Key("geomean").Array([&] {
      for (const auto& geomean : comparison.geomean)
        WriteGeomean(json, comparison.tables[geomean.table], geomean);
    });
    json.Values("warnings", comparison.warnings);
    json.Field("outcome", OutcomeName(comparison));
    json.Field("exit_code", comparison.outcome);
    if (more) more(json);
  });
}

}  // namespace

std::string ComparisonJson(const Comparison& comparison, bool samples,
                           const std::function<void(Json&)>& more) {
  Json json;
  WriteComparison(json, comparison, samples, more);
  return json.Text();
}

std::string ListJson(const std::vector<store::RunLine>& runs) {
  Json json;
  json.Object([&] {
    json.Field("schema", "opstat.list/1");
    json.Key("runs").Array([&] {
      for (const store::RunLine& run : runs)
        json.Object([&] {
          json.Field("id", run.id);
          json.Field("time", run.time);
          json.Field("label", run.label);
          json.Field("commit", run.commit);
          json.Field("host", run.host);
          json.Field("benchmarks", run.benchmarks);
          json.Field("samples", run.samples);
          json.Values("tags", run.tags);
        });
    });
  });
  return json.Text();
}

std::string ErrorJson(const Error& error) {
  Json json;
  json.Object([&] {
    json.Key("error").Object([&] {
      json.Field("code", static_cast<int>(error.failure()));
      json.Field("message", error.what());
      json.Field("hint", error.hint());
    });
  });
  return json.Text();
}

void RefuseUnused(const Arguments& arguments) {
  const std::string command =
      fmt::format("opstat {}", arguments.command().name);
  if (arguments.Has("json"))
    arguments.RefuseGiven(
        "only-changed", "the table: --json has every row",
        command + " --only-changed, or " + command + " --json");
  else
    arguments.RefuseGiven("samples", "--json", command + " --json --samples");
}

}  // namespace opstat::cli
