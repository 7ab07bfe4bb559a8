#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/format_readers.h"
#include "opstat/benchfmt/json_document.h"
#include "opstat/benchfmt/run_builder.h"
#include "opstat/benchfmt/samples_object.h"
#include "opstat/benchfmt/string_map.h"
#include "opstat/benchfmt/unit.h"

namespace opstat::benchfmt {
namespace {

class JsonLinesReader {
 public:
  explicit JsonLinesReader(std::string_view origin) : origin_(origin) {}

  std::vector<Run> Read(std::string_view text);

 private:
  void ReadLine(std::string_view line);
  void StartRun(JsonValue line, JsonValue opstat);
  void ReadSeries(JsonValue line);
  Benchmark& BenchmarkNamed(std::string_view name);
  std::vector<double> ReadValues(JsonValue line, bool is_time) const;
  [[noreturn]] void Fail(const std::string& what) const;

  std::string_view origin_;
  std::size_t line_ = 0;
  JsonParser parser_;
  std::vector<Run> runs_;
  StringMap<std::size_t> run_ids_;
  StringMap<std::size_t> benchmarks_;  ///< of the last run, by name
};

std::vector<Run> JsonLinesReader::Read(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (++line_ > kMaxRows) Fail("more than a million lines");
    const std::string_view line = text.substr(0, end);
    if (line.find_first_not_of(" \t\r") != line.npos) ReadLine(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  for (const Run& run : runs_) {
    if (run.benchmarks.empty()) Fail("run " + run.id + " has no samples");
  }
  return std::move(runs_);
}

void JsonLinesReader::ReadLine(std::string_view line) {
  const auto object = parser_.ParseStrict(line);
  if (!object || !object->is_object()) Fail("no JSON object; cut off?");
  if (const auto opstat = Member(*object, "opstat")) {
    StartRun(*object, *opstat);
  } else {
    ReadSeries(*object);
  }
}

void JsonLinesReader::StartRun(JsonValue line, JsonValue opstat) {
  Run run;
  const std::string place = std::string(origin_) + ":" + std::to_string(line_);
  ReadOpstat(opstat, place, &run);
  run.time = MemberText(line, "time");
  if (run.id.empty()) Fail("a run without id");
  if (!run_ids_.emplace(run.id, runs_.size()).second) {
    Fail("run " + run.id + " for the second time");
  }
  runs_.push_back(std::move(run));
  benchmarks_.clear();
}

// A series belongs to the run above it.
void JsonLinesReader::ReadSeries(JsonValue line) {
  if (runs_.empty() || MemberText(line, "run") != runs_.back().id) {
    Fail("a series that is not of the run above it");
  }
  const std::string_view unit = MemberText(line, "unit");
  if (unit.empty() || unit.size() > RunBuilder::kMaxName) {
    Fail("a unit without name, or with too long a one");
  }
  Benchmark& benchmark = BenchmarkNamed(MemberText(line, "benchmark"));
  if (benchmark.Find(unit) != nullptr) {
    Fail("this benchmark's unit for the second time");
  }
  if (benchmark.measurements.size() == RunBuilder::kMaxUnits) {
    Fail("more than 1024 units of one benchmark");
  }
  const bool is_time = unit == kWallTime || unit == kCpuTime;
  std::vector<double> values = ReadValues(line, is_time);
  if (!benchmark.measurements.empty() && values.size() != benchmark.Samples()) {
    Fail("as many values as this benchmark's other units have, " +
         std::to_string(benchmark.Samples()) + ", were expected");
  }
  benchmark.measurements.push_back({std::string(unit), std::move(values)});
}

Benchmark& JsonLinesReader::BenchmarkNamed(std::string_view name) {
  if (name.empty() || name.size() > RunBuilder::kMaxName) {
    Fail("a benchmark without name, or with one longer than 4096 bytes");
  }
  std::vector<Benchmark>& benchmarks = runs_.back().benchmarks;
  const auto [found, is_new] =
      benchmarks_.try_emplace(std::string(name), benchmarks.size());
  if (is_new) benchmarks.push_back({std::string(name), {}});
  return benchmarks[found->second];
}

std::vector<double> JsonLinesReader::ReadValues(JsonValue line,
                                                bool is_time) const {
  simdjson::dom::array numbers;
  const auto member = Member(line, "values");
  if (!member || member->get(numbers)) Fail("a series without values");
  std::vector<double> values;
  for (const JsonValue number : numbers) {
    const bool unmeasured = number.is_null();
    if (!unmeasured && !IsNumber(number)) Fail("a value that is no number");
    values.push_back(Number(number));
    if (is_time && !unmeasured && !(values.back() > 0)) {
      Fail("a time that is not positive");
    }
  }
  if (values.empty()) Fail("a series without values");
  return values;
}

void JsonLinesReader::Fail(const std::string& what) const {
  throw Error(Failure::kBadData,
              std::string(origin_) + ":" + std::to_string(line_) + ": " + what,
              "write the file again: opstat export --format jsonl");
}

}  // namespace

bool LooksLikeJsonLines(std::string_view text) {
  return text.starts_with("{\"opstat\":");
}

std::vector<Run> ReadJsonLines(std::string_view text, std::string_view origin) {
  return JsonLinesReader(origin).Read(text);
}

}  // namespace opstat::benchfmt
