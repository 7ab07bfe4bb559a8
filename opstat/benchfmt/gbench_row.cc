#include "opstat/benchfmt/gbench_row.h"

#include <algorithm>
#include <array>
#include <utility>

#include "opstat/benchfmt/run.h"

namespace opstat::benchfmt {
namespace {

using Entry = std::pair<std::string_view, RowField>;

constexpr auto kFields = std::to_array<Entry>({
    {"name", RowField::kName},
    {"run_name", RowField::kRunName},
    {"run_type", RowField::kRunType},
    {"label", RowField::kIgnored},
    {"family_index", RowField::kFamily},
    {"per_family_instance_index", RowField::kInstance},
    {"repetitions", RowField::kIgnored},
    {"repetition_index", RowField::kRepetition},
    {"threads", RowField::kIgnored},
    {"iterations", RowField::kIterations},
    {"real_time", RowField::kRealTime},
    {"cpu_time", RowField::kCpuTime},
    {"time_unit", RowField::kTimeUnit},
    {"aggregate_name", RowField::kIgnored},
    {"aggregate_unit", RowField::kIgnored},
    {"cpu_coefficient", RowField::kIgnored},
    {"real_coefficient", RowField::kIgnored},
    {"big_o", RowField::kFit},
    {"rms", RowField::kFit},
    {"error_occurred", RowField::kErrorOccurred},
    {"error_message", RowField::kErrorMessage},
    {"skipped", RowField::kSkipped},
    {"skip_message", RowField::kSkipMessage},
    // Of its MemoryManager: totals of an extra pass, not per iteration.
    {"allocs_per_iter", RowField::kIgnored},
    {"max_bytes_used", RowField::kIgnored},
    {"total_allocated_bytes", RowField::kIgnored},
    {"net_heap_growth", RowField::kIgnored},
});

bool IsTrue(JsonValue value) {
  bool truth = false;
  return !value.get(truth) && truth;
}

}  // namespace

RowField RowFieldOf(std::string_view key) {
  const auto found = std::ranges::find(kFields, key, &Entry::first);
  return found == kFields.end() ? RowField::kCounter : found->second;
}

const GoogleBenchmarkRow& RowParser::Parse(const simdjson::dom::object& json) {
  std::vector<GoogleBenchmarkRow::Number> numbers = std::move(row_.numbers);
  numbers.clear();
  row_ = {};
  row_.numbers = std::move(numbers);
  row_.real_time = kUnmeasured;
  std::size_t place = 0;
  for (const auto& [key, value] : json) {
    Take(FieldAt(place++, key), key, value);
  }
  return row_;
}

RowField RowParser::FieldAt(std::size_t place, std::string_view key) {
  if (place < known_.size() && known_[place].key == key) {
    return known_[place].field;
  }
  if (place >= known_.size()) known_.resize(place + 1);
  known_[place] = {std::string(key), RowFieldOf(key)};
  return known_[place].field;
}

void RowParser::Take(RowField field, std::string_view key, JsonValue value) {
  switch (field) {
    case RowField::kIgnored:
      return;
    case RowField::kName:
      row_.name = Text(value);
      return;
    case RowField::kRunName:
      row_.run_name = Text(value);
      return;
    case RowField::kRunType:
      row_.has_run_type = true;
      row_.run_type = Text(value);
      return;
    case RowField::kFamily:
      row_.family = Index(value);
      return;
    case RowField::kInstance:
      row_.instance = Index(value);
      return;
    case RowField::kRepetition:
      row_.repetition = Index(value);
      return;
    case RowField::kTimeUnit:
      row_.time_unit = Text(value);
      return;
    case RowField::kFit:
      row_.is_fit = true;
      return;
    case RowField::kErrorOccurred:
      row_.error_occurred = IsTrue(value);
      return;
    case RowField::kErrorMessage:
      row_.error_message = Text(value);
      return;
    case RowField::kSkipped:
      row_.skipped = IsTrue(value);
      return;
    case RowField::kSkipMessage:
      row_.skip_message = Text(value);
      return;
    case RowField::kRealTime:
      row_.real_time = Number(value);
      row_.has_time = !value.is_null();
      break;
    case RowField::kIterations:
    case RowField::kCpuTime:
    case RowField::kCounter:
      break;
  }
  if (!IsNumber(value) && !value.is_null()) return;
  row_.numbers.push_back({field, key, Number(value), value.is_null()});
}

}  // namespace opstat::benchfmt
