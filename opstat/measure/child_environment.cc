#include <sched.h>

#include <array>
#include <string_view>

#include "opstat/measure/child.h"

namespace opstat::measure {
namespace {

constexpr std::array<std::string_view, 5> kSecretParts = {
    "TOKEN", "SECRET", "PASSWORD", "PASSWD", "CREDENTIAL"};
constexpr std::array<std::string_view, 4> kSecretPrefixes = {
    "ACTIONS_", "AWS_", "AZURE_", "GOOGLE_APPLICATION_"};

}  // namespace

bool DropsFromEnvironment(const std::string& variable) {
  if (variable.starts_with("GIT_"))
    return variable == "GIT_CONFIG_PARAMETERS" ||
           !(variable.starts_with("GIT_CONFIG_") ||
             variable == "GIT_EXEC_PATH");
  if (variable == "OPSTAT_DB") return true;  // a URL may hold a password
  for (std::string_view part : kSecretParts)
    if (variable.find(part) != std::string::npos) return true;
  for (std::string_view prefix : kSecretPrefixes)
    if (variable.starts_with(prefix)) return true;
  return variable.ends_with("_KEY") || variable == "SSH_AUTH_SOCK";
}

std::vector<int> AllowedCpus() {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  sched_getaffinity(0, sizeof allowed, &allowed);
  std::vector<int> cpus;
  for (std::size_t cpu = 0; cpu < CPU_SETSIZE; ++cpu)
    if (CPU_ISSET(cpu, &allowed)) cpus.push_back(static_cast<int>(cpu));
  return cpus;
}

}  // namespace opstat::measure
