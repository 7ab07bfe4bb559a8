#include "opstat/measure/identity.h"

#include <fmt/format.h>
#include <sys/random.h>

#include <ctime>

#include "opstat/benchfmt/time.h"

namespace opstat::measure {
namespace {

std::uint64_t Random64() {
  std::uint64_t value = 0;
  while (getrandom(&value, sizeof value, 0) != sizeof value) {
  }
  return value;
}

}  // namespace

std::string RandomId() {
  return fmt::format("{:016x}{:016x}", Random64(), Random64());
}

std::uint64_t RandomSeed() { return Random64() % 1'000'000'000; }

std::string UtcNow() { return benchfmt::UtcText(std::time(nullptr)); }

}  // namespace opstat::measure
