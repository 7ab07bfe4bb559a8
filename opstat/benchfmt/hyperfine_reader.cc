#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/format_readers.h"
#include "opstat/benchfmt/json_document.h"
#include "opstat/benchfmt/run_builder.h"
#include "opstat/benchfmt/signature.h"
#include "opstat/benchfmt/unit.h"

namespace opstat::benchfmt {
namespace {

constexpr const char* kHint = "write the file with hyperfine --export-json";

std::string Name(JsonValue result) {
  std::string name(MemberText(result, "command"));
  simdjson::dom::object parameters;
  const auto member = Member(result, "parameters");
  if (!member || member->get(parameters)) return name;
  // The command has them inserted already; as keys they can be compared by.
  for (const auto& [key, value] : parameters) {
    name += "/" + std::string(key) + ":" + std::string(Text(value));
  }
  return name;
}

// An array of numbers, NaN where an element is none; empty when there is none.
std::vector<double> Numbers(JsonValue result, std::string_view field) {
  std::vector<double> numbers;
  simdjson::dom::array values;
  const auto member = Member(result, field);
  if (!member || member->get(values)) return numbers;
  numbers.reserve(values.size());
  for (const JsonValue value : values) numbers.push_back(Number(value));
  return numbers;
}

void ReadResult(JsonValue result, std::string_view origin,
                RunBuilder* builder) {
  const std::string name = Name(result);
  if (!builder->AcceptName(name)) return;
  const std::vector<double> times = Numbers(result, "times");
  const std::vector<double> exit_codes = Numbers(result, "exit_codes");
  const std::vector<double> memory = Numbers(result, "memory_usage_byte");
  if (times.size() > kMaxRows) {
    throw Error(Failure::kBadData,
                std::string(origin) + ": more than a million rows");
  }
  if (times.empty()) builder->Refuse(name, "it has no times");
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (i < exit_codes.size() && exit_codes[i] != 0) {
      builder->Refuse(name, "the command failed");
    } else if (!(std::isfinite(times[i]) && times[i] > 0)) {
      builder->Refuse(name, "its time is not a positive number");
    } else {
      builder->StartSample(name);
      builder->Set(kWallTime, times[i]);
      if (i < memory.size()) builder->Set("peak-rss-B", memory[i]);
    }
  }
}

}  // namespace

bool LooksLikeHyperfine(std::string_view text) {
  if (!text.starts_with('{')) return false;
  text.remove_prefix(
      std::min(text.find_first_not_of(" \t\r\n", 1), text.size()));
  return text.starts_with("\"results\"");
}

Run ReadHyperfine(std::string_view json, std::string_view origin) {
  JsonParser parser;
  simdjson::dom::array results;
  const JsonValue document = parser.Parse(json, origin, kHint);
  const auto member = Member(document, "results");
  if (!member || member->get(results)) FailUnknownFormat(json, origin);
  for (const JsonValue result : results) {
    if (!Member(result, "command")) FailUnknownFormat(json, origin);
  }
  Run run;
  run.label = origin;
  // Each time is one run of the command: a process of its own.
  run.process_samples = true;
  RunBuilder builder(&run);
  for (const JsonValue result : results) ReadResult(result, origin, &builder);
  builder.Finish();
  if (run.benchmarks.empty()) {
    throw Error(Failure::kBadData,
                std::string(origin) + ": no usable row" +
                    (run.warnings.empty() ? "" : ": " + run.warnings.front()),
                kHint);
  }
  return run;
}

}  // namespace opstat::benchfmt
