#include "opstat/cli/spool_lines.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <charconv>
#include <span>

#include "opstat/benchfmt/reader.h"
#include "opstat/benchfmt/unit.h"
#include "opstat/benchfmt/writer.h"
#include "opstat/cli/json.h"

namespace opstat::cli {
namespace {

using measure::Finished;
using rapidjson::Value;
using Kind = SpooledStage::Kind;

constexpr const char* kKinds[] = {"screen", "confirm", "more"};

rapidjson::Document Parse(const std::string& line) {
  rapidjson::Document document;
  document.Parse(line.c_str());
  return document;
}

// Null where there is none.
const Value& Member(const Value& object, const char* name) {
  static const Value none;
  if (!object.IsObject()) return none;
  const auto found = object.FindMember(name);
  return found == object.MemberEnd() ? none : found->value;
}

std::string Text(const Value& value) {
  return value.IsString()
             ? std::string(value.GetString(), value.GetStringLength())
             : "";
}

std::string MemberText(const Value& object, const char* name) {
  return Text(Member(object, name));
}

int MemberInteger(const Value& object, const char* name) {
  const Value& value = Member(object, name);
  return value.IsInt() ? value.GetInt() : -1;
}

std::span<const Value> Elements(const Value& object, const char* name) {
  const Value& array = Member(object, name);
  if (!array.IsArray()) return {};
  return {array.Begin(), array.End()};
}

std::vector<std::string> Texts(const Value& object, const char* name) {
  std::vector<std::string> texts;
  for (const Value& text : Elements(object, name)) texts.push_back(Text(text));
  return texts;
}

measure::Side ReadSide(const Value& value) {
  measure::Side side{.label = MemberText(value, "label"),
                     .commit = MemberText(value, "commit"),
                     .facts = {},
                     .source = MemberText(value, "source"),
                     .build = MemberText(value, "build"),
                     .argv = Texts(value, "argv"),
                     .environment = {}};
  for (const Value& fact : Elements(value, "facts"))
    if (fact.IsArray() && fact.Size() == 2)
      side.facts.emplace(Text(fact[0]), Text(fact[1]));
  for (const Value& entry : Elements(value, "environment"))
    if (entry.IsArray() && entry.Size() == 2)
      side.environment.emplace_back(Text(entry[0]), Text(entry[1]));
  return side;
}

void WritePairs(Json& json, const char* name, const auto& pairs) {
  json.Key(name).Array([&] {
    for (const auto& pair : pairs)
      json.Array([&] {
        json.Value(pair.first);
        json.Value(pair.second);
      });
  });
}

}  // namespace

std::string HeaderLine(const SessionHeader& header) {
  Json json;
  json.Object([&] {
    json.Field("id", header.id);
    json.Field("time", header.time);
    json.Field("seed", std::to_string(header.seed));
    json.Values("words", header.words);
    json.Values("programs", header.programs);
    json.Field("identical", header.identical);
    json.Field("same_code", header.same_code);
    json.Key("sides").Array([&] {
      for (const measure::Side& side : header.sides)
        json.Object([&] {
          json.Field("label", side.label);
          json.Field("commit", side.commit);
          json.Field("source", side.source.string());
          json.Field("build", side.build.string());
          json.Values("argv", side.argv);
          WritePairs(json, "facts", side.facts);
          WritePairs(json, "environment", side.environment);
        });
    });
  });
  return json.Text();
}

std::string StageLine(const SpooledStage& stage) {
  Json json;
  json.Object([&] {
    json.Field("kind", kKinds[static_cast<int>(stage.kind)]);
    json.Field("rounds", stage.stage.rounds);
    json.Values("benchmarks", stage.stage.benchmarks);
  });
  return json.Text();
}

std::string FailureLine(const Finished& result) {
  Json json;
  json.Object([&] {
    json.Field("place", result.place);
    json.Field("benchmark", result.benchmark);
    json.Field("failure", result.failure);
  });
  return json.Text();
}

std::string SampleLine(benchfmt::Run sample) {
  sample.process_samples = true;
  std::string text = benchfmt::WriteGoogleBenchmark(sample);
  std::erase(text, '\n');  // JSON holds no line break within a string
  return text;
}

SessionHeader ReadHeader(const std::string& line) {
  const rapidjson::Document value = Parse(line);
  SessionHeader header{.id = MemberText(value, "id"),
                       .time = MemberText(value, "time"),
                       .words = Texts(value, "words"),
                       .sides = {},
                       .programs = Texts(value, "programs"),
                       .identical = Member(value, "identical").IsTrue(),
                       .same_code = Member(value, "same_code").IsTrue()};
  const std::string seed = MemberText(value, "seed");
  std::from_chars(seed.data(), seed.data() + seed.size(), header.seed);
  for (const Value& side : Elements(value, "sides"))
    header.sides.push_back(ReadSide(side));
  return header;
}

SpooledStage ReadStage(const std::string& line) {
  const rapidjson::Document value = Parse(line);
  const std::string kind = MemberText(value, "kind");
  return {static_cast<Kind>(std::ranges::find(kKinds, kind) - kKinds),
          {.rounds = MemberInteger(value, "rounds"),
           .benchmarks = Texts(value, "benchmarks")}};
}

Finished ReadSample(const std::string& line) {
  Finished result;
  result.sample = benchfmt::ReadRun(line, "an earlier sample");
  const benchfmt::Benchmark& benchmark = result.sample.benchmarks.front();
  result.benchmark = benchmark.name;
  if (const auto* place = benchmark.Find(benchfmt::kPlace))
    result.place = static_cast<int>(place->values.front());
  return result;
}

Finished ReadFailure(const std::string& line) {
  const rapidjson::Document value = Parse(line);
  Finished result;
  result.place = MemberInteger(value, "place");
  result.benchmark = MemberText(value, "benchmark");
  result.failure = MemberText(value, "failure");
  return result;
}

}  // namespace opstat::cli
