#include "opstat/measure/host.h"

#include <fmt/format.h>
#include <sys/utsname.h>

#include <fstream>
#include <optional>

#include "opstat/measure/child.h"

namespace opstat::measure {
namespace {

std::optional<std::string> FirstLine(const char* path) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line) || line.empty()) return std::nullopt;
  return line;
}

// Value of `key` in /proc/cpuinfo or /proc/meminfo.
std::optional<std::string> Field(const char* path, const std::string& key) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos || !line.starts_with(key)) continue;
    const std::size_t value = line.find_first_not_of(" \t", colon + 1);
    if (value != std::string::npos) return line.substr(value);
  }
  return std::nullopt;
}

std::optional<std::string> OneMinuteLoad() {
  const auto line = FirstLine("/proc/loadavg");
  if (!line) return std::nullopt;
  return line->substr(0, line->find(' '));
}

std::optional<std::string> Turbo() {
  if (const auto off =
          FirstLine("/sys/devices/system/cpu/intel_pstate/no_turbo"))
    return *off == "1" ? "off" : "on";
  if (const auto on = FirstLine("/sys/devices/system/cpu/cpufreq/boost"))
    return *on == "1" ? "on" : "off";
  return std::nullopt;
}

}  // namespace

std::map<std::string, std::string> HostFacts() {
  std::map<std::string, std::string> facts;
  const auto add = [&facts](const char* name,
                            const std::optional<std::string>& value) {
    if (value) facts[name] = *value;
  };
  utsname system{};
  uname(&system);
  facts["host.name"] = system.nodename;
  facts["host.kernel"] = fmt::format("{} {}", system.sysname, system.release);
  facts["host.cpus"] = fmt::format("{}", AllowedCpus().size());
  add("host.cpu", Field("/proc/cpuinfo", "model name"));
  add("host.memory", Field("/proc/meminfo", "MemTotal"));
  add("host.load", OneMinuteLoad());
  add("host.turbo", Turbo());
  add("host.governor",
      FirstLine("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"));
  add("host.smt", FirstLine("/sys/devices/system/cpu/smt/control"));
  add("host.aslr", FirstLine("/proc/sys/kernel/randomize_va_space"));
  return facts;
}

}  // namespace opstat::measure
