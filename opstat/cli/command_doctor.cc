#include <fmt/format.h>

#include <algorithm>

#include "opstat/benchfmt/error.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/database.h"
#include "opstat/cli/doctor.h"
#include "opstat/cli/json.h"
#include "opstat/cli/terminal.h"
#include "opstat/cli/text_table.h"
#include "opstat/measure/host.h"
#include "opstat/measure/noise.h"

namespace opstat::cli {
namespace {

std::string_view Word(Check::State state) {
  switch (state) {
    case Check::State::kOk:
      return "ok";
    case Check::State::kWarn:
      return "warn";
    case Check::State::kBroken:
      return "broken";
  }
  return "";
}

// The meter runs meanwhile, so that pressure is that of some time.
std::vector<Check> Examine(const std::string& database) {
  const measure::NoiseMeter meter;
  const std::vector<Check> tools = ToolChecks();
  auto facts = measure::HostFacts();
  facts.merge(meter.Result());
  facts.merge(PerfFacts());
  std::vector<Check> checks = MachineChecks(facts);
  checks.insert(checks.end(), tools.begin(), tools.end());
  const std::vector<Check> data = DataChecks(database);
  checks.insert(checks.end(), data.begin(), data.end());
  return checks;
}

std::string Text(const std::vector<Check>& checks) {
  TextTable table;
  const auto put = [&table](std::string_view state, const std::string& name,
                            const std::string& text) {
    table.NextRow();
    table.Put(0, {.text = std::string(state), .margin = ""});
    table.Put(1, {.text = name, .margin = "  "});
    table.Put(2, {.text = OneLine(text), .margin = "  "});
  };
  for (const Check& check : checks) {
    put(Word(check.state), check.name, check.found);
    if (!check.fix.empty()) put("", "", "fix: " + check.fix);
  }
  return table.Format();
}

std::string Document(const std::vector<Check>& checks, int exit_code) {
  Json json;
  json.Object([&] {
    json.Field("schema", "opstat.doctor/1");
    json.Key("checks").Array([&] {
      for (const Check& check : checks)
        json.Object([&] {
          json.Field("name", check.name);
          json.Field("state", Word(check.state));
          json.Field("found", check.found);
          json.Field("fix", check.fix);
        });
    });
    json.Field("exit_code", exit_code);
  });
  return json.Text() + "\n";
}

}  // namespace

int DoctorCommand(const Arguments& arguments, Streams& streams) {
  arguments.LimitPositional(0);
  const std::vector<Check> checks = Examine(DatabasePath(arguments));
  const bool broken = std::ranges::any_of(checks, [](const Check& check) {
    return check.state == Check::State::kBroken;
  });
  const int exit_code = broken ? static_cast<int>(Failure::kCannotMeasure) : 0;
  streams.out << (arguments.Has("json") ? Document(checks, exit_code)
                                        : Text(checks));
  return exit_code;
}

}  // namespace opstat::cli
