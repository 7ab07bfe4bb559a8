#include <fmt/format.h>

#include <cstdlib>

#include "opstat/cli/doctor.h"

namespace opstat::cli {
namespace {

using Facts = std::map<std::string, std::string>;
using State = Check::State;

constexpr const char* kNotTold = "not told here, as in most virtual machines";

std::string Fact(const Facts& facts, const char* name) {
  const auto found = facts.find(name);
  return found == facts.end() ? "" : found->second;
}

double Number(const Facts& facts, const char* name) {
  return std::strtod(Fact(facts, name).c_str(), nullptr);
}

Check Governor(const std::string& governor) {
  if (governor.empty()) return {"governor", State::kOk, kNotTold};
  if (governor == "performance") return {"governor", State::kOk, governor};
  return {"governor", State::kWarn,
          governor + ": the clock follows the load of the moment",
          "sudo cpupower frequency-set -g performance"};
}

// Two drivers, two files.
Check Turbo(const std::string& turbo) {
  if (turbo.empty()) return {"turbo", State::kOk, kNotTold};
  if (turbo == "off") return {"turbo", State::kOk, turbo};
  return {"turbo", State::kWarn,
          turbo + ": the clock follows temperature and what other CPUs do",
          "echo 1 | sudo tee /sys/devices/system/cpu/intel_pstate/no_turbo; "
          "where there is none: "
          "echo 0 | sudo tee /sys/devices/system/cpu/cpufreq/boost"};
}

Check Smt(const std::string& smt) {
  if (smt != "on") return {"SMT", State::kOk, smt.empty() ? kNotTold : smt};
  return {"SMT", State::kWarn, "on: two CPUs share one core's units",
          "echo off | sudo tee /sys/devices/system/cpu/smt/control"};
}

Check Aslr(const std::string& aslr) {
  if (aslr != "0")
    return {"ASLR", State::kOk,
            aslr.empty() ? kNotTold : "on: each sample has its own layout"};
  return {"ASLR", State::kWarn,
          "off: all samples share one memory layout, and its luck",
          "sudo sysctl kernel.randomize_va_space=2"};
}

Check Load(const Facts& facts) {
  const double load = Number(facts, "noise.load");
  const double cpus = Number(facts, "host.cpus");
  if (cpus <= 0) return {"load", State::kOk, kNotTold};
  const std::string found = fmt::format("{:g} on {:g} CPU(s)", load, cpus);
  // One process is measured at a time: it needs one CPU to itself.
  if (load <= cpus - 1 || load < cpus / 2) return {"load", State::kOk, found};
  return {"load", State::kWarn, found + ": no CPU is free",
          "top; stop what runs, or measure where nothing does"};
}

Check MemoryPressure(const Facts& facts) {
  const std::string pressure = Fact(facts, "noise.memory_pressure");
  if (pressure.empty()) return {"memory pressure", State::kOk, kNotTold};
  const std::string found =
      fmt::format("tasks waited for memory {}% of the time", pressure);
  if (Number(facts, "noise.memory_pressure") < 1)
    return {"memory pressure", State::kOk, found};
  return {"memory pressure", State::kWarn, found,
          "free -h; free some: swapping slows whatever runs"};
}

Check Counters(const Facts& facts) {
  const std::string level = Fact(facts, "perf.paranoid");
  const std::string counters = Fact(facts, "perf.counters");
  const std::string found =
      level.empty() ? kNotTold : fmt::format("{}: {}", level, counters);
  constexpr double kMostForOwn = 2;
  if (counters == "yes" || Number(facts, "perf.paranoid") <= kMostForOwn)
    return {"perf_event_paranoid", State::kOk, found};
  return {"perf_event_paranoid", State::kWarn,
          found + "; instructions/op is unmeasured",
          "sudo sysctl kernel.perf_event_paranoid=2"};
}

}  // namespace

std::vector<Check> MachineChecks(const Facts& facts) {
  return {Governor(Fact(facts, "host.governor")),
          Turbo(Fact(facts, "host.turbo")),
          Smt(Fact(facts, "host.smt")),
          Aslr(Fact(facts, "host.aslr")),
          Load(facts),
          MemoryPressure(facts),
          Counters(facts)};
}

}  // namespace opstat::cli
