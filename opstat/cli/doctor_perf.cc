#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "opstat/cli/doctor.h"

namespace opstat::cli {
namespace {

// As the harness opens it: this process, user space alone.
std::string CanCountInstructions() {
  perf_event_attr attributes{};
  attributes.type = PERF_TYPE_HARDWARE;
  attributes.size = sizeof attributes;
  attributes.config = PERF_COUNT_HW_INSTRUCTIONS;
  attributes.exclude_kernel = 1;
  attributes.exclude_hv = 1;
  const long file = syscall(SYS_perf_event_open, &attributes, 0, -1, -1,
                            PERF_FLAG_FD_CLOEXEC);
  if (file < 0)
    return errno == ENOENT || errno == EOPNOTSUPP
               ? "this machine has no instruction counter"
               : std::strerror(errno);
  close(static_cast<int>(file));
  return "yes";
}

}  // namespace

std::map<std::string, std::string> PerfFacts() {
  std::map<std::string, std::string> facts = {
      {"perf.counters", CanCountInstructions()}};
  std::ifstream file("/proc/sys/kernel/perf_event_paranoid");
  std::string level;
  if (std::getline(file, level)) facts["perf.paranoid"] = level;
  return facts;
}

}  // namespace opstat::cli
