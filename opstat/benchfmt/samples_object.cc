#include "opstat/benchfmt/samples_object.h"

#include <charconv>
#include <limits>
#include <string>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/json_document.h"

namespace opstat::benchfmt {
namespace {

[[noreturn]] void Malformed(std::string_view origin, const std::string& what) {
  throw Error(Failure::kBadData, std::string(origin) + ": opstat" + what,
              "the samples file is damaged; measure again");
}

void CheckSchema(JsonValue opstat, std::string_view origin) {
  const std::string schema(MemberText(opstat, "schema"));
  if (schema == kSamplesSchema) return;
  if (schema.starts_with("opstat.samples/")) {
    throw Error(Failure::kBadData,
                std::string(origin) + ": its schema is " + schema +
                    ", this opstat reads " + std::string(kSamplesSchema),
                "a newer opstat wrote it; update this one");
  }
  Malformed(origin, ".schema is not " + std::string(kSamplesSchema));
}

std::uint64_t ReadSeed(JsonValue opstat, std::string_view origin) {
  const std::string_view text = MemberText(opstat, "seed");
  std::uint64_t seed = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, seed);
  if (error != std::errc() || stop != end) Malformed(origin, ".seed");
  return seed;
}

std::vector<int> ReadRound(JsonValue round, std::string_view origin) {
  simdjson::dom::array places;
  if (round.get(places)) Malformed(origin, ".schedule");
  std::vector<int> positions;
  for (JsonValue place : places) {
    std::int64_t position = -1;
    if (place.get(position) || position < 0 ||
        position > std::numeric_limits<int>::max()) {
      Malformed(origin, ".schedule");
    }
    positions.push_back(static_cast<int>(position));
  }
  return positions;
}

void ReadSchedule(JsonValue schedule, std::string_view origin, Run* run) {
  simdjson::dom::array rounds;
  if (schedule.get(rounds)) Malformed(origin, ".schedule");
  for (JsonValue round : rounds) {
    run->schedule.push_back(ReadRound(round, origin));
  }
}

}  // namespace

void ReadOpstat(JsonValue opstat, std::string_view origin, Run* run) {
  if (!opstat.is_object()) Malformed(origin, " is not an object");
  CheckSchema(opstat, origin);
  run->id = MemberText(opstat, "run");
  run->label = MemberText(opstat, "label");
  run->process_samples = MemberText(opstat, "sample_unit") == "process";
  run->session = MemberText(opstat, "session");
  run->side = MemberText(opstat, "side");
  run->seed = ReadSeed(opstat, origin);
  if (const auto schedule = Member(opstat, "schedule")) {
    ReadSchedule(*schedule, origin, run);
  }
  simdjson::dom::object facts;
  if (!opstat["facts"].get(facts)) {
    for (const auto& [name, value] : facts) {
      run->facts[std::string(name)] = Text(value);
    }
  }
  simdjson::dom::array warnings;
  if (!opstat["warnings"].get(warnings)) {
    for (JsonValue warning : warnings) {
      run->warnings.emplace_back(Text(warning));
    }
  }
}

}  // namespace opstat::benchfmt
