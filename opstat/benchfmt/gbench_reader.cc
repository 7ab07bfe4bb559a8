#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include <cmath>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/format_readers.h"
#include "opstat/benchfmt/gbench_context.h"
#include "opstat/benchfmt/gbench_row.h"
#include "opstat/benchfmt/json_repair.h"
#include "opstat/benchfmt/json_value.h"
#include "opstat/benchfmt/run_builder.h"
#include "opstat/benchfmt/signature.h"
#include "opstat/benchfmt/unit.h"

namespace opstat::benchfmt {
namespace {

using rapidjson::Value;

rapidjson::Document Parse(std::string_view json, std::string_view origin) {
  // Full precision: the default reads some numbers one unit in the last place
  // off. Iterative: the call stack does not grow with the nesting.
  constexpr unsigned kFlags = rapidjson::kParseFullPrecisionFlag |
                              rapidjson::kParseNanAndInfFlag |
                              rapidjson::kParseIterativeFlag;
  const std::optional<std::string> repaired = RepairJson(json, origin);
  const std::string_view text = repaired ? *repaired : json;
  rapidjson::Document document;
  document.Parse<kFlags>(text.data(), text.size());
  if (document.HasParseError()) {
    throw Error(Failure::kBadData,
                Place(text, document.GetErrorOffset(), origin) + ": " +
                    rapidjson::GetParseError_En(document.GetParseError()),
                "write the file with --benchmark_out=FILE "
                "--benchmark_out_format=json");
  }
  return document;
}

class GoogleBenchmarkReader {
 public:
  explicit GoogleBenchmarkReader(std::string_view origin) : origin_(origin) {}

  Run Read(std::string_view json);

 private:
  void ReadRow(const Value& row);
  bool IsAggregate(const Value& row) const;
  double TimeScale(const Value& row, const std::string& name) const;
  void SetField(const std::string& name, const std::string& key,
                const Value& value, double scale);
  void NoteSharedName(const Value& row, const std::string& name);
  void CheckSchedule(bool refused);
  [[noreturn]] void FailWithoutRows() const;

  std::string_view origin_;
  Run run_;
  RunBuilder builder_{&run_};
  bool is_samples_file_ = false;
  bool has_aggregates_ = false;
  std::int64_t unnumbered_ = 0;  ///< minus the rows without repetition_index
  /// By name, the family and instance that the rows of that name came from.
  std::unordered_map<std::string, std::pair<int, int>> instances_;
};

Run GoogleBenchmarkReader::Read(std::string_view json) {
  const rapidjson::Document document = Parse(json, origin_);
  const Value* rows = Member(document, "benchmarks");
  const Value* context = Member(document, "context");
  if (rows == nullptr || !rows->IsArray() || context == nullptr) {
    FailUnknownFormat(json, origin_);
  }
  if (rows->Size() > kMaxRows) {
    throw Error(Failure::kBadData,
                std::string(origin_) + ": more than a million rows");
  }
  is_samples_file_ = ReadContext(*context, origin_, &run_);
  for (const Value& row : rows->GetArray()) ReadRow(row);
  if (run_.process_samples) builder_.MergeProcesses();
  CheckSchedule(builder_.Finish());
  if (run_.benchmarks.empty()) FailWithoutRows();
  return std::move(run_);
}

bool IsSet(const Value& row, const char* flag) {
  const Value* value = Member(row, flag);
  return value != nullptr && value->IsBool() && value->GetBool();
}

// What the row itself gives as a reason to leave it out; "" when nothing.
std::string ReportedError(const Value& row) {
  if (IsSet(row, "error_occurred")) {
    return "reported an error: " + MemberText(row, "error_message");
  }
  if (IsSet(row, "skipped")) {
    return "skipped: " + MemberText(row, "skip_message");
  }
  return {};
}

void GoogleBenchmarkReader::ReadRow(const Value& row) {
  if (!row.IsObject()) {
    throw Error(Failure::kBadData,
                std::string(origin_) + ": a row of benchmarks is no object");
  }
  if (IsAggregate(row)) {
    has_aggregates_ = true;
    return;
  }
  std::string name = MemberText(row, "run_name");
  if (name.empty()) name = MemberText(row, "name");
  if (!builder_.AcceptName(name)) return;
  if (const std::string error = ReportedError(row); !error.empty()) {
    builder_.Refuse(name, error);
    return;
  }
  const double scale = TimeScale(row, name);
  const Value* wall = Member(row, "real_time");
  const bool unmeasured = wall == nullptr || wall->IsNull();
  const double seconds = unmeasured ? 0 : Number(*wall) * scale;
  // Only our own files hold samples without a time, e.g. from Go's text.
  if (!(unmeasured && is_samples_file_) &&
      !(std::isfinite(seconds) && seconds > 0)) {
    builder_.Refuse(name, "its time is not a positive number");
    return;
  }
  NoteSharedName(row, name);
  const int repetition = MemberIndex(row, "repetition_index");
  builder_.StartSample(name, repetition < 0 ? --unnumbered_ : repetition);
  for (const auto& field : row.GetObject()) {
    SetField(name, Text(field.name), field.value, scale);
  }
}

// Google Benchmark before 1.5 wrote no run_type: there an aggregate is told by
// its fields, or by the benchmark whose name it extends.
bool GoogleBenchmarkReader::IsAggregate(const Value& row) const {
  if (const Value* type = Member(row, "run_type")) {
    return Text(*type) != "iteration";
  }
  if (Member(row, "rms") != nullptr || Member(row, "big_o") != nullptr) {
    return true;
  }
  const std::string name = MemberText(row, "name");
  for (const std::string_view suffix : {"_mean", "_median", "_stddev", "_cv"}) {
    if (name.ends_with(suffix)) {
      return builder_.Has(name.substr(0, name.size() - suffix.size()));
    }
  }
  return false;
}

double GoogleBenchmarkReader::TimeScale(const Value& row,
                                        const std::string& name) const {
  constexpr std::pair<std::string_view, double> kScales[] = {
      {"ns", 1e-9}, {"us", 1e-6}, {"ms", 1e-3}, {"s", 1}};
  const std::string unit = MemberText(row, "time_unit");
  for (const auto& [known, scale] : kScales) {
    if (unit == known) return scale;
  }
  throw Error(Failure::kBadData,
              std::string(origin_) + ": " + name +
                  (unit.empty() ? ": no time_unit"
                                : ": unknown time_unit \"" + unit + "\""),
              "Google Benchmark writes ns, us, ms or s");
}

void GoogleBenchmarkReader::SetField(const std::string& name,
                                     const std::string& key, const Value& value,
                                     double scale) {
  if (!value.IsNumber() && !value.IsNull()) return;
  const double number = Number(value);
  if (key == "real_time") {
    builder_.Set(std::string(kWallTime), number * scale);
  } else if (key == "cpu_time") {
    const double seconds = number * scale;
    // A benchmark that only sleeps may show no CPU time at all; its wall time
    // is good all the same.
    const bool measured = std::isfinite(seconds) && seconds > 0;
    if (!measured && !value.IsNull()) {
      builder_.Note(name, "no CPU time: cpu-sec/op is unmeasured");
    }
    builder_.Set(std::string(kCpuTime), measured ? seconds : kUnmeasured);
  } else if (key == "iterations") {
    builder_.Set(std::string(kIterations), number);
  } else if (!IsRowField(key)) {
    const bool prefixed = key.starts_with(kCounterPrefix) && is_samples_file_;
    const auto [unit, factor] = Tidy(
        std::string_view(key).substr(prefixed ? kCounterPrefix.size() : 0));
    builder_.Set(unit, number * factor);
  }
}

// One program may register two benchmarks under one name.
void GoogleBenchmarkReader::NoteSharedName(const Value& row,
                                           const std::string& name) {
  const std::pair<int, int> instance{
      MemberIndex(row, "family_index"),
      MemberIndex(row, "per_family_instance_index")};
  const auto [found, is_new] = instances_.try_emplace(name, instance);
  if (found->second != instance) {
    builder_.Note(name, "several benchmarks have this name; read as one");
  }
}

// The schedule names benchmarks by position, which a refused row can shift.
void GoogleBenchmarkReader::CheckSchedule(bool refused) {
  if (run_.schedule.empty()) return;
  bool valid = !refused;
  for (const std::vector<int>& round : run_.schedule) {
    for (const int position : round) {
      valid = valid && position >= 0 &&
              static_cast<std::size_t>(position) < run_.benchmarks.size();
    }
  }
  if (valid) return;
  run_.schedule.clear();
  run_.warnings.push_back("the schedule does not fit the rows; left out");
}

void GoogleBenchmarkReader::FailWithoutRows() const {
  const std::string where = std::string(origin_) + ": no usable row";
  if (!run_.warnings.empty()) {
    throw Error(Failure::kBadData, where + ": " + run_.warnings.front());
  }
  if (has_aggregates_) {
    throw Error(Failure::kBadData, where + ", only aggregates",
                "run without --benchmark_report_aggregates_only");
  }
  throw Error(Failure::kBadData, where,
              "did --benchmark_filter match a benchmark?");
}

}  // namespace

Run ReadGoogleBenchmark(std::string_view json, std::string_view origin) {
  return GoogleBenchmarkReader(origin).Read(json);
}

}  // namespace opstat::benchfmt
