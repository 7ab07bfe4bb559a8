// Compiled into each program that links opstat::harness, by its compiler and
// with its flags, so that the report says how the benchmarks were built and
// not how the harness was.
#include "benchmark_build.h"

#include <string>

// Two steps, so that what the name stands for becomes the text.
#define OPSTAT_TEXT_OF(...) #__VA_ARGS__
#define OPSTAT_TEXT(...) OPSTAT_TEXT_OF(__VA_ARGS__)
// Of what stands in parentheses.
#define OPSTAT_TEXT_WITHIN(parenthesized) OPSTAT_TEXT_OF parenthesized

#if defined(__clang__)
#define OPSTAT_COMPILER                                     \
  ("clang++ " OPSTAT_TEXT(__clang_major__) "." OPSTAT_TEXT( \
      __clang_minor__) "." OPSTAT_TEXT(__clang_patchlevel__))
#else
#define OPSTAT_COMPILER                          \
  ("g++ " OPSTAT_TEXT(__GNUC__) "." OPSTAT_TEXT( \
      __GNUC_MINOR__) "." OPSTAT_TEXT(__GNUC_PATCHLEVEL__))
#endif

#if defined(_LIBCPP_VERSION)
#define OPSTAT_STANDARD_LIBRARY ("libc++ " OPSTAT_TEXT(_LIBCPP_VERSION))
#else
#define OPSTAT_STANDARD_LIBRARY ("libstdc++ " OPSTAT_TEXT(_GLIBCXX_RELEASE))
#endif

const OpstatBenchmarkBuild kOpstatBenchmarkBuild = {
    OPSTAT_COMPILER,
#ifdef OPSTAT_BENCHMARK_FLAGS
    OPSTAT_TEXT_WITHIN(OPSTAT_BENCHMARK_FLAGS),
#else
    nullptr,
#endif
    OPSTAT_STANDARD_LIBRARY,
#ifdef OPSTAT_SANITIZER
    OPSTAT_SANITIZER,
#else
    nullptr,
#endif
    opstat::harness::HarnessWasBuiltFor<opstat::harness::ThisSanitizer,
                                        sizeof(benchmark::State),
                                        opstat::harness::kCountersOffset>,
};
