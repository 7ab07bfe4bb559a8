#pragma once

// Shared by the harness and by benchmark_build.cc, which every program that
// links opstat::harness compiles itself. Hence C++11, and includes that need
// no folder of ours on the search path.
#include <benchmark/benchmark.h>

#include <cstddef>

#include "sanitizer.h"

/// How the program that holds the benchmarks was built. Static strings, null
/// where there is nothing to say.
struct OpstatBenchmarkBuild {
  const char* compiler;  ///< "g++ 12.2.0"
  const char* flags;     ///< "-O3 -DNDEBUG", as CMake passed them
  const char* standard_library;
  const char* sanitizer;
  void (*harness)();  ///< makes the linker look for a harness that fits
};

/// Its address is null in a program that did not compile benchmark_build.cc.
extern "C" __attribute__((weak))
const OpstatBenchmarkBuild kOpstatBenchmarkBuild;

namespace opstat {
namespace harness {

struct NoSanitizer;
struct AddressSanitizer;
struct ThreadSanitizer;

/// The harness defines one instance, the one that it was built for. With
/// another sanitizer, or another layout of State, the program would crash or
/// count wrongly: the instance it asks for is then an undefined reference.
template <class Sanitizer, std::size_t state_size, std::size_t counters_offset>
void HarnessWasBuiltFor();

#ifdef OPSTAT_SANITIZER_TAG
using ThisSanitizer = OPSTAT_SANITIZER_TAG;
#else
using ThisSanitizer = NoSanitizer;
#endif

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Winvalid-offsetof"
constexpr std::size_t kCountersOffset = offsetof(benchmark::State, counters);
#pragma GCC diagnostic pop

}  // namespace harness
}  // namespace opstat
