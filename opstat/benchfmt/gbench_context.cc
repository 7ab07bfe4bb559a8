#include "opstat/benchfmt/gbench_context.h"

#include <rapidjson/document.h>

#include <charconv>
#include <cmath>
#include <string>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/json_value.h"

namespace opstat::benchfmt {
namespace {

using rapidjson::Value;

[[noreturn]] void Malformed(std::string_view origin, const std::string& what) {
  throw Error(Failure::kBadData,
              std::string(origin) + ": context.opstat" + what,
              "the samples file is damaged; measure again");
}

void CheckSchema(const Value& opstat, std::string_view origin) {
  const std::string schema = MemberText(opstat, "schema");
  if (schema == kSamplesSchema) return;
  if (schema.starts_with("opstat.samples/")) {
    throw Error(Failure::kBadData,
                std::string(origin) + ": its schema is " + schema +
                    ", this opstat reads " + std::string(kSamplesSchema),
                "a newer opstat wrote it; update this one");
  }
  Malformed(origin, ".schema is not " + std::string(kSamplesSchema));
}

// A string in the file, for JSON numbers lose what 2^53 cannot hold.
std::uint64_t ReadSeed(const Value& opstat, std::string_view origin) {
  const std::string text = MemberText(opstat, "seed");
  std::uint64_t seed = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, seed);
  if (error != std::errc() || stop != end) Malformed(origin, ".seed");
  return seed;
}

std::vector<int> ReadRound(const Value& round, std::string_view origin) {
  if (!round.IsArray()) Malformed(origin, ".schedule");
  std::vector<int> positions;
  for (const Value& position : round.GetArray()) {
    if (!position.IsInt()) Malformed(origin, ".schedule");
    positions.push_back(position.GetInt());
  }
  return positions;
}

void ReadOpstat(const Value& opstat, std::string_view origin, Run* run) {
  CheckSchema(opstat, origin);
  run->id = MemberText(opstat, "run");
  run->label = MemberText(opstat, "label");
  run->process_samples = MemberText(opstat, "sample_unit") == "process";
  run->session = MemberText(opstat, "session");
  run->side = MemberText(opstat, "side");
  run->seed = ReadSeed(opstat, origin);
  if (const Value* schedule = Member(opstat, "schedule")) {
    if (!schedule->IsArray()) Malformed(origin, ".schedule");
    for (const Value& round : schedule->GetArray()) {
      run->schedule.push_back(ReadRound(round, origin));
    }
  }
  const Value* facts = Member(opstat, "facts");
  if (facts != nullptr && facts->IsObject()) {
    for (const auto& fact : facts->GetObject()) {
      run->facts[Text(fact.name)] = Text(fact.value);
    }
  }
  const Value* warnings = Member(opstat, "warnings");
  if (warnings != nullptr && warnings->IsArray()) {
    for (const Value& warning : warnings->GetArray()) {
      run->warnings.push_back(Text(warning));
    }
  }
}

// A scalar as a fact's text; "" for what is none.
std::string FactText(const Value& value) {
  if (value.IsString()) return Text(value);
  if (value.IsBool()) return value.GetBool() ? "true" : "false";
  if (!value.IsNumber() || !std::isfinite(value.GetDouble())) return {};
  char digits[32];
  const auto end = std::to_chars(digits, std::end(digits), value.GetDouble());
  return std::string(digits, end.ptr);
}

std::string FactName(const std::string& key) {
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
  return key.starts_with(kOurs) ? key.substr(kOurs.size()) : std::string();
}

}  // namespace

bool ReadContext(const Value& context, std::string_view origin, Run* run) {
  run->time = MemberText(context, "date");
  if (const Value* opstat = Member(context, "opstat")) {
    if (!opstat->IsObject()) Malformed(origin, " is not an object");
    ReadOpstat(*opstat, origin, run);
    return true;
  }
  run->label = origin;
  if (!context.IsObject()) return false;
  for (const auto& field : context.GetObject()) {
    const std::string name = FactName(Text(field.name));
    const std::string text = FactText(field.value);
    if (!name.empty() && !text.empty()) run->facts[name] = text;
  }
  return false;
}

}  // namespace opstat::benchfmt
