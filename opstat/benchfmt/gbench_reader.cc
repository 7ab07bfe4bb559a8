#include <cmath>
#include <cstdint>
#include <string>
#include <utility>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/format_readers.h"
#include "opstat/benchfmt/gbench_context.h"
#include "opstat/benchfmt/gbench_row.h"
#include "opstat/benchfmt/json_document.h"
#include "opstat/benchfmt/run_builder.h"
#include "opstat/benchfmt/signature.h"
#include "opstat/benchfmt/string_map.h"
#include "opstat/benchfmt/unit.h"

namespace opstat::benchfmt {
namespace {

constexpr const char* kWriteHint =
    "write the file with --benchmark_out=FILE --benchmark_out_format=json";

class GoogleBenchmarkReader {
 public:
  explicit GoogleBenchmarkReader(std::string_view origin) : origin_(origin) {}

  Run Read(std::string_view json);

 private:
  void ReadRow(JsonValue row);
  bool IsAggregate(JsonValue row) const;
  double TimeScale(JsonValue row, std::string_view name) const;
  void SetField(std::string_view name, std::string_view key, JsonValue value,
                double scale);
  void NoteSharedName(JsonValue row, std::string_view name);
  void CheckSchedule(bool refused);
  [[noreturn]] void FailWithoutRows() const;

  std::string_view origin_;
  Run run_;
  RunBuilder builder_{&run_};
  bool is_samples_file_ = false;
  bool has_aggregates_ = false;
  std::int64_t unnumbered_ = 0;  ///< minus the rows without repetition_index
  /// By name, the family and instance that the rows of that name came from.
  StringMap<std::pair<int, int>> instances_;
};

Run GoogleBenchmarkReader::Read(std::string_view json) {
  JsonParser parser;
  const JsonValue document = parser.Parse(json, origin_, kWriteHint);
  const auto benchmarks = Member(document, "benchmarks");
  const auto context = Member(document, "context");
  simdjson::dom::array rows;
  if (!benchmarks || benchmarks->get(rows) || !context) {
    FailUnknownFormat(json, origin_);
  }
  if (rows.size() > kMaxRows) {
    throw Error(Failure::kBadData,
                std::string(origin_) + ": more than a million rows");
  }
  is_samples_file_ = ReadContext(*context, origin_, &run_);
  for (JsonValue row : rows) ReadRow(row);
  if (run_.process_samples) builder_.MergeProcesses();
  CheckSchedule(builder_.Finish());
  if (run_.benchmarks.empty()) FailWithoutRows();
  return std::move(run_);
}

bool IsSet(JsonValue row, std::string_view flag) {
  bool truth = false;
  const auto value = Member(row, flag);
  return value && !value->get(truth) && truth;
}

// What the row itself gives as a reason to leave it out; "" when nothing.
std::string ReportedError(JsonValue row) {
  if (IsSet(row, "error_occurred")) {
    return "reported an error: " +
           std::string(MemberText(row, "error_message"));
  }
  if (IsSet(row, "skipped")) {
    return "skipped: " + std::string(MemberText(row, "skip_message"));
  }
  return {};
}

void GoogleBenchmarkReader::ReadRow(JsonValue row) {
  if (!row.is_object()) {
    throw Error(Failure::kBadData,
                std::string(origin_) + ": a row of benchmarks is no object");
  }
  if (IsAggregate(row)) {
    has_aggregates_ = true;
    return;
  }
  std::string_view name = MemberText(row, "run_name");
  if (name.empty()) name = MemberText(row, "name");
  if (!builder_.AcceptName(name)) return;
  if (const std::string error = ReportedError(row); !error.empty()) {
    builder_.Refuse(name, error);
    return;
  }
  const double scale = TimeScale(row, name);
  const auto wall = Member(row, "real_time");
  const bool unmeasured = !wall || wall->is_null();
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
  for (const auto& [key, value] : simdjson::dom::object(row)) {
    SetField(name, key, value, scale);
  }
}

// Google Benchmark before 1.5 wrote no run_type: there an aggregate is told by
// its fields, or by the benchmark whose name it extends.
bool GoogleBenchmarkReader::IsAggregate(JsonValue row) const {
  if (const auto type = Member(row, "run_type")) {
    return Text(*type) != "iteration";
  }
  if (Member(row, "rms") || Member(row, "big_o")) return true;
  const std::string_view name = MemberText(row, "name");
  for (const std::string_view suffix : {"_mean", "_median", "_stddev", "_cv"}) {
    if (name.ends_with(suffix)) {
      return builder_.Has(name.substr(0, name.size() - suffix.size()));
    }
  }
  return false;
}

double GoogleBenchmarkReader::TimeScale(JsonValue row,
                                        std::string_view name) const {
  constexpr std::pair<std::string_view, double> kScales[] = {
      {"ns", 1e-9}, {"us", 1e-6}, {"ms", 1e-3}, {"s", 1}};
  const std::string unit(MemberText(row, "time_unit"));
  for (const auto& [known, scale] : kScales) {
    if (unit == known) return scale;
  }
  throw Error(Failure::kBadData,
              std::string(origin_) + ": " + std::string(name) +
                  (unit.empty() ? ": no time_unit"
                                : ": unknown time_unit \"" + unit + "\""),
              "Google Benchmark writes ns, us, ms or s");
}

void GoogleBenchmarkReader::SetField(std::string_view name,
                                     std::string_view key, JsonValue value,
                                     double scale) {
  if (!IsNumber(value) && !value.is_null()) return;
  const double number = Number(value);
  if (key == "real_time") {
    builder_.Set(kWallTime, number * scale);
  } else if (key == "cpu_time") {
    const double seconds = number * scale;
    // A benchmark that only sleeps may show no CPU time at all; its wall time
    // is good all the same.
    const bool measured = std::isfinite(seconds) && seconds > 0;
    if (!measured && !value.is_null()) {
      builder_.Note(name, "no CPU time: cpu-sec/op is unmeasured");
    }
    builder_.Set(kCpuTime, measured ? seconds : kUnmeasured);
  } else if (key == "iterations") {
    builder_.Set(kIterations, number);
  } else if (!IsRowField(key)) {
    const bool prefixed = key.starts_with(kCounterPrefix) && is_samples_file_;
    const auto& [unit, factor] =
        builder_.Tidied(key.substr(prefixed ? kCounterPrefix.size() : 0));
    builder_.Set(unit, number * factor);
  }
}

// One program may register two benchmarks under one name.
void GoogleBenchmarkReader::NoteSharedName(JsonValue row,
                                           std::string_view name) {
  const std::pair<int, int> instance{
      MemberIndex(row, "family_index"),
      MemberIndex(row, "per_family_instance_index")};
  const auto found = instances_.find(name);
  if (found == instances_.end()) {
    instances_.emplace(name, instance);
  } else if (found->second != instance) {
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
