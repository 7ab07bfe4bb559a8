#include "opstat/benchfmt/gbench_context.h"

#include <charconv>
#include <string>

#include "opstat/benchfmt/samples_object.h"

namespace opstat::benchfmt {
namespace {

// A scalar as a fact's text; "" for what is none.
std::string FactText(JsonValue value) {
  bool truth = false;
  if (!value.get(truth)) return truth ? "true" : "false";
  if (!IsNumber(value)) return std::string(Text(value));
  char digits[32];
  const auto end = std::to_chars(digits, std::end(digits), Number(value));
  return std::string(digits, end.ptr);
}

std::string FactName(std::string_view key) {
  constexpr struct {
    std::string_view key, fact;
  } kLibraryFields[] = {
      {"host_name", "host.name"},
      {"num_cpus", "host.cpus"},
      {"mhz_per_cpu", "host.mhz"},
      {"cpu_scaling_enabled", "host.cpu_scaling"},
      {"aslr_enabled", "host.aslr"},
      {"executable", "program"},
      {"library_version", "library.version"},
      {"library_build_type", "library.build_type"},
  };
  for (const auto& field : kLibraryFields) {
    if (key == field.key) return std::string(field.fact);
  }
  constexpr std::string_view kOurs = "opstat.";
  return std::string(key.starts_with(kOurs) ? key.substr(kOurs.size()) : "");
}

}  // namespace

bool ReadContext(JsonValue context, std::string_view origin, Run* run) {
  run->time = MemberText(context, "date");
  if (const auto opstat = Member(context, "opstat")) {
    ReadOpstat(*opstat, origin, run);
    return true;
  }
  run->label = origin;
  simdjson::dom::object fields;
  if (context.get(fields)) return false;
  for (const auto& [key, value] : fields) {
    const std::string name = FactName(key);
    const std::string text = FactText(value);
    if (!name.empty() && !text.empty()) run->facts[name] = text;
  }
  return false;
}

}  // namespace opstat::benchfmt
