#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/format_readers.h"
#include "opstat/benchfmt/gbench_context.h"
#include "opstat/benchfmt/gbench_pieces.h"
#include "opstat/benchfmt/gbench_row.h"
#include "opstat/benchfmt/json_document.h"
#include "opstat/benchfmt/run_builder.h"
#include "opstat/benchfmt/signature.h"
#include "opstat/benchfmt/unit.h"

namespace opstat::benchfmt {
namespace {

constexpr const char* kWriteHint =
    "write the file with --benchmark_out=FILE --benchmark_out_format=json";

class GoogleBenchmarkReader {
 public:
  explicit GoogleBenchmarkReader(std::string_view origin) : origin_(origin) {}

  // Nothing where the file must be read whole.
  std::optional<Run> ReadInPieces(std::string_view json);
  Run ReadWhole(std::string_view json);

 private:
  void ReadRows(const simdjson::dom::array& rows);
  void ReadRow(const GoogleBenchmarkRow& row);
  bool IsAggregate(const GoogleBenchmarkRow& row) const;
  double TimeScale(std::string_view unit, std::string_view name) const;
  void Set(std::string_view name, const GoogleBenchmarkRow::Number& number,
           double scale);
  void SetCounter(std::string_view name, std::string_view key, double value);
  Run Finish();
  void CheckSchedule(bool refused);
  [[noreturn]] void FailWithoutRows() const;

  std::string_view origin_;
  Run run_;
  RunBuilder builder_{&run_};
  RowParser parser_;
  bool is_samples_file_ = false;
  bool has_aggregates_ = false;
  std::size_t rows_ = 0;
  std::int64_t unnumbered_ = 0;  ///< minus the rows without repetition_index
  /// Of each benchmark, the family and instance that its first row came from.
  std::vector<std::pair<int, int>> instances_;
};

std::optional<Run> GoogleBenchmarkReader::ReadInPieces(std::string_view json) {
  GoogleBenchmarkPieces pieces(json);
  const auto context = pieces.Context();
  if (!context) return std::nullopt;
  is_samples_file_ = ReadContext(*context, origin_, &run_);
  while (!pieces.AtEnd()) {
    const auto rows = pieces.Next();
    if (!rows) return std::nullopt;
    ReadRows(*rows);
  }
  return Finish();
}

Run GoogleBenchmarkReader::ReadWhole(std::string_view json) {
  JsonParser parser;
  const JsonValue document = parser.Parse(json, origin_, kWriteHint);
  const auto benchmarks = Member(document, "benchmarks");
  const auto context = Member(document, "context");
  simdjson::dom::array rows;
  if (!benchmarks || benchmarks->get(rows) || !context) {
    FailUnknownFormat(json, origin_);
  }
  is_samples_file_ = ReadContext(*context, origin_, &run_);
  ReadRows(rows);
  return Finish();
}

void GoogleBenchmarkReader::ReadRows(const simdjson::dom::array& rows) {
  rows_ += rows.size();
  if (rows_ > kMaxRows) {
    throw Error(Failure::kBadData,
                std::string(origin_) + ": more than a million rows");
  }
  for (const JsonValue row : rows) {
    simdjson::dom::object object;
    if (row.get(object)) {
      throw Error(Failure::kBadData,
                  std::string(origin_) + ": a row of benchmarks is no object");
    }
    ReadRow(parser_.Parse(object));
  }
}

Run GoogleBenchmarkReader::Finish() {
  if (run_.process_samples) builder_.MergeProcesses();
  CheckSchedule(builder_.Finish());
  if (run_.benchmarks.empty()) FailWithoutRows();
  return std::move(run_);
}

// What the row itself gives as a reason to leave it out; "" when nothing.
std::string ReportedError(const GoogleBenchmarkRow& row) {
  if (row.error_occurred) {
    return "reported an error: " + std::string(row.error_message);
  }
  if (row.skipped) return "skipped: " + std::string(row.skip_message);
  return {};
}

void GoogleBenchmarkReader::ReadRow(const GoogleBenchmarkRow& row) {
  if (IsAggregate(row)) {
    has_aggregates_ = true;
    return;
  }
  const std::string_view name = row.run_name.empty() ? row.name : row.run_name;
  if (!builder_.AcceptName(name)) return;
  if (const std::string error = ReportedError(row); !error.empty()) {
    builder_.Refuse(name, error);
    return;
  }
  const double scale = TimeScale(row.time_unit, name);
  const double seconds = row.real_time * scale;
  // Only our own files hold samples without a time, e.g. from Go's text.
  const bool may_lack_time = !row.has_time && is_samples_file_;
  if (!may_lack_time && !(std::isfinite(seconds) && seconds > 0)) {
    builder_.Refuse(name, "its time is not a positive number");
    return;
  }
  const std::size_t place = builder_.StartSample(name);
  if (run_.process_samples) {
    builder_.SetProcess(row.repetition < 0 ? --unnumbered_ : row.repetition);
  }
  const std::pair<int, int> instance{row.family, row.instance};
  if (place == instances_.size()) instances_.push_back(instance);
  // One program may register two benchmarks under one name.
  if (instances_[place] != instance) {
    builder_.Note(name, "several benchmarks have this name; read as one");
  }
  for (const GoogleBenchmarkRow::Number& number : row.numbers) {
    Set(name, number, scale);
  }
}

// Google Benchmark before 1.5 wrote no run_type: there an aggregate is told by
// its fields, or by the benchmark whose name it extends.
bool GoogleBenchmarkReader::IsAggregate(const GoogleBenchmarkRow& row) const {
  if (row.has_run_type) return row.run_type != "iteration";
  if (row.is_fit) return true;
  for (const std::string_view suffix : {"_mean", "_median", "_stddev", "_cv"}) {
    if (row.name.ends_with(suffix)) {
      return builder_.Has(row.name.substr(0, row.name.size() - suffix.size()));
    }
  }
  return false;
}

double GoogleBenchmarkReader::TimeScale(std::string_view unit,
                                        std::string_view name) const {
  constexpr std::pair<std::string_view, double> kScales[] = {
      {"ns", 1e-9}, {"us", 1e-6}, {"ms", 1e-3}, {"s", 1}};
  for (const auto& [known, scale] : kScales) {
    if (unit == known) return scale;
  }
  throw Error(
      Failure::kBadData,
      std::string(origin_) + ": " + std::string(name) +
          (unit.empty() ? ": no time_unit"
                        : ": unknown time_unit \"" + std::string(unit) + "\""),
      "Google Benchmark writes ns, us, ms or s");
}

void GoogleBenchmarkReader::Set(std::string_view name,
                                const GoogleBenchmarkRow::Number& number,
                                double scale) {
  switch (number.field) {
    case RowField::kRealTime:
      return builder_.Set(kWallTime, number.value * scale);
    case RowField::kIterations:
      return builder_.Set(kIterations, number.value);
    case RowField::kCpuTime: {
      const double seconds = number.value * scale;
      // A benchmark that only sleeps may show no CPU time at all; its wall time
      // is good all the same.
      const bool measured = std::isfinite(seconds) && seconds > 0;
      if (!measured && !number.is_null) {
        builder_.Note(name, "no CPU time: cpu-sec/op is unmeasured");
      }
      return builder_.Set(kCpuTime, measured ? seconds : kUnmeasured);
    }
    default:
      return SetCounter(name, number.key, number.value);
  }
}

void GoogleBenchmarkReader::SetCounter(std::string_view name,
                                       std::string_view key, double value) {
  const bool prefixed = key.starts_with(kCounterPrefix) && is_samples_file_;
  const auto& [unit, factor] =
      builder_.Tidied(key.substr(prefixed ? kCounterPrefix.size() : 0));
  if (unit == kWallTime || unit == kCpuTime) {
    builder_.Note(name, "left out a counter that is named like a clock");
    return;
  }
  builder_.Set(unit, value * factor);
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
  if (auto run = GoogleBenchmarkReader(origin).ReadInPieces(json)) {
    return std::move(*run);
  }
  return GoogleBenchmarkReader(origin).ReadWhole(json);
}

}  // namespace opstat::benchfmt
