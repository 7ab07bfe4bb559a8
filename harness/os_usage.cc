#include "harness/os_usage.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace opstat::harness {

std::uint64_t MinorFaults(FaultScope scope) noexcept {
  rusage usage{};
  getrusage(scope == FaultScope::kProcess ? RUSAGE_SELF : RUSAGE_THREAD,
            &usage);
  return static_cast<std::uint64_t>(usage.ru_minflt);
}

std::optional<std::uint64_t> RunDelayNanoseconds() noexcept {
  const int file = open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
  if (file < 0) return std::nullopt;
  std::array<char, 128> text;
  const ssize_t length = read(file, text.data(), text.size());
  close(file);
  if (length <= 0) return std::nullopt;
  const char* end = text.data() + length;
  const char* space = std::find(text.data(), const_cast<char*>(end), ' ');
  std::uint64_t delay = 0;
  if (space == end ||
      std::from_chars(space + 1, end, delay).ec != std::errc()) {
    return std::nullopt;
  }
  return delay;
}

}  // namespace opstat::harness
