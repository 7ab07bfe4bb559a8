#include "opstat/cli/measure_options.h"

#include <fmt/format.h>

#include <limits>

#include "opstat/benchfmt/error.h"
#include "opstat/measure/child.h"
#include "opstat/measure/identity.h"

namespace opstat::cli {
namespace {

int ParseCpu(const std::string& text) {
  for (int cpu : measure::AllowedCpus())
    if (text == std::to_string(cpu)) return cpu;
  throw Error(Failure::kUsage,
              fmt::format("--pin '{}' is no CPU this process may run on", text),
              fmt::format("allowed: {}, or none",
                          fmt::join(measure::AllowedCpus(), ", ")));
}

measure::AllocMode ParseAlloc(const Arguments& arguments) {
  const std::string mode = arguments.Choice("alloc");
  if (mode == "on") return measure::AllocMode::kOn;
  return mode == "off" ? measure::AllocMode::kOff : measure::AllocMode::kAuto;
}

}  // namespace

measure::SessionOptions SessionOptionsOf(const Arguments& arguments) {
  constexpr double kLongest = 86'400;
  measure::SessionOptions options;
  options.filter = arguments.Text("filter");
  options.min_time = arguments.Number("min-time", 0, kLongest);
  options.time_limit = arguments.Number("time-limit", 0, kLongest);
  options.alloc = ParseAlloc(arguments);
  options.seed = measure::RandomSeed();
  if (arguments.Has("seed"))
    options.seed = static_cast<std::uint64_t>(
        arguments.Integer("seed", 0, std::numeric_limits<std::int64_t>::max()));
  const std::string pin = arguments.Text("pin");
  options.pin = pin != "none";
  if (options.pin && !pin.empty()) options.cpu = ParseCpu(pin);
  return options;
}

int RoundsOf(const Arguments& arguments) {
  constexpr int kMostRounds = 10'000;
  return static_cast<int>(arguments.Integer("rounds", 1, kMostRounds));
}

}  // namespace opstat::cli
