#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "opstat/benchfmt/json_document.h"

namespace opstat::benchfmt {

/// The fields that Google Benchmark itself writes into a row and that are read.
enum class RowField {
  kCounter,  ///< any other name: a number there is a user counter
  kIgnored,  ///< bookkeeping of the library
  kName,
  kRunName,
  kRunType,
  kFamily,
  kInstance,
  kRepetition,
  kIterations,
  kRealTime,
  kCpuTime,
  kTimeUnit,
  kFit,  ///< of the rows that a fit to big O gives
  kErrorOccurred,
  kErrorMessage,
  kSkipped,
  kSkipMessage,
};

RowField RowFieldOf(std::string_view key);

/// Stands before a unit in our files that would otherwise read as a row field
/// (Go's ReportMetric may name one "threads").
inline constexpr std::string_view kCounterPrefix = "counter:";

/// One row of `benchmarks`; refers into the JSON that it was read from.
struct GoogleBenchmarkRow {
  struct Number {
    RowField field;  ///< kIterations, kRealTime, kCpuTime or kCounter
    std::string_view key;
    double value;  ///< NaN where it is null
    bool is_null;
  };

  std::string_view name, run_name, run_type, time_unit;
  bool has_run_type = false, is_fit = false;
  bool error_occurred = false, skipped = false;
  std::string_view error_message, skip_message;
  int family = -1, instance = -1, repetition = -1;
  double real_time = 0;         ///< NaN when it is no number
  bool has_time = false;        ///< false where real_time is absent or null
  std::vector<Number> numbers;  ///< in the order of the row
};

/// Takes rows apart in one pass each. Rows of a file have the same fields in
/// the same order, so that a key is mostly known from its place.
class RowParser {
 public:
  /// The row, until the next call. REQUIRES: json is an object.
  const GoogleBenchmarkRow& Parse(const simdjson::dom::object& json);

 private:
  RowField FieldAt(std::size_t place, std::string_view key);
  void Take(RowField field, std::string_view key, JsonValue value);

  struct Known {
    std::string key;
    RowField field;
  };
  std::vector<Known> known_;  ///< of the row before, by place
  GoogleBenchmarkRow row_;
};

}  // namespace opstat::benchfmt
