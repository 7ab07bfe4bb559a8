#include "opstat/measure/noise.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>

namespace opstat::measure {
namespace {

constexpr double kUnknown = -1;

// The number after `key` in the file's first line that has it.
double NumberAfter(const char* path, const std::string& key) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const std::size_t at = line.find(key);
    if (at == std::string::npos) continue;
    const std::size_t digit = line.find_first_of("0123456789", at);
    if (digit != std::string::npos)
      return std::strtod(line.c_str() + digit, nullptr);
  }
  return kUnknown;
}

// Seconds in which some task waited, since boot.
double Pressure(const char* path) {
  const double microseconds = NumberAfter(path, "total=");
  return microseconds < 0 ? kUnknown : microseconds / 1e6;
}

double Seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) +
         static_cast<double>(time.tv_usec) / 1e6;
}

// -1 when absent.
double Number(const Facts& facts, const char* name) {
  const auto found = facts.find(name);
  return found == facts.end() ? kUnknown
                              : std::strtod(found->second.c_str(), nullptr);
}

}  // namespace

NoiseMeter::Counters NoiseMeter::Now() {
  rusage children{};
  getrusage(RUSAGE_CHILDREN, &children);
  const std::chrono::duration<double> wall =
      std::chrono::steady_clock::now().time_since_epoch();
  return {
      .wall = wall.count(),
      .cpu_pressure = Pressure("/proc/pressure/cpu"),
      .memory_pressure = Pressure("/proc/pressure/memory"),
      .children_cpu = Seconds(children.ru_utime) + Seconds(children.ru_stime),
      .preemptions = static_cast<double>(children.ru_nivcsw)};
}

NoiseMeter::NoiseMeter() : start_(Now()) { Look(); }

void NoiseMeter::Look() {
  load_ = std::max(load_, NumberAfter("/proc/loadavg", ""));
  const double mhz = NumberAfter("/proc/cpuinfo", "cpu MHz");
  if (mhz < 0) return;
  lowest_mhz_ = lowest_mhz_ < 0 ? mhz : std::min(lowest_mhz_, mhz);
  highest_mhz_ = std::max(highest_mhz_, mhz);
}

Facts NoiseMeter::Result() const {
  const Counters now = Now();
  const double wall = now.wall - start_.wall;
  Facts facts;
  if (load_ >= 0) facts["noise.load"] = fmt::format("{:.2f}", load_);
  if (highest_mhz_ >= 0)
    facts["noise.mhz"] =
        fmt::format("{:.0f}..{:.0f}", lowest_mhz_, highest_mhz_);
  const auto share = [&](const char* name, double from, double to) {
    if (from >= 0 && to >= 0 && wall > 0)
      facts[name] = fmt::format("{:.1f}", 100 * (to - from) / wall);
  };
  share("noise.cpu_pressure", start_.cpu_pressure, now.cpu_pressure);
  share("noise.memory_pressure", start_.memory_pressure, now.memory_pressure);
  const double cpu = now.children_cpu - start_.children_cpu;
  if (cpu > 0)
    facts["noise.preemptions"] =
        fmt::format("{:.1f}", (now.preemptions - start_.preemptions) / cpu);
  return facts;
}

std::vector<std::string> NoiseWarnings(const Facts& facts) {
  // A process alone on its CPU is preempted a few times a second, one that
  // shares it at the end of each slice of a few milliseconds.
  constexpr double kPreemptions = 50;
  constexpr double kMemoryPressure = 1;
  constexpr double kSlowestClock = 0.9;
  std::vector<std::string> warnings;
  const double load = Number(facts, "noise.load");
  const double cpus = Number(facts, "host.cpus");
  if (cpus > 0 && load > cpus)
    warnings.push_back(
        fmt::format("noisy machine: load {:g} on {:g} CPUs; stop other "
                    "programs, or measure where none run",
                    load, cpus));
  const double preemptions = Number(facts, "noise.preemptions");
  if (preemptions > kPreemptions)
    warnings.push_back(
        fmt::format("noisy machine: the programs were preempted {:.0f} times a "
                    "second; stop other programs, or --pin another CPU",
                    preemptions));
  const double memory = Number(facts, "noise.memory_pressure");
  if (memory > kMemoryPressure)
    warnings.push_back(
        fmt::format("noisy machine: programs waited for memory {:g}% of the "
                    "time; free some, swapping slows whatever runs",
                    memory));
  const auto governor = facts.find("host.governor");
  if (governor != facts.end() && governor->second != "performance")
    warnings.push_back(
        fmt::format("noisy machine: CPU frequency governor {}; sudo cpupower "
                    "frequency-set -g performance",
                    governor->second));
  const auto mhz = facts.find("noise.mhz");
  if (mhz == facts.end()) return warnings;
  const std::size_t dots = mhz->second.find("..");
  const double lowest = std::strtod(mhz->second.c_str(), nullptr);
  const double highest = std::strtod(mhz->second.c_str() + dots + 2, nullptr);
  if (lowest < kSlowestClock * highest)
    warnings.push_back(
        fmt::format("noisy machine: the CPU's clock went from {:g} to {:g} "
                    "MHz; switch turbo off, see that it stays cool",
                    lowest, highest));
  return warnings;
}

}  // namespace opstat::measure
