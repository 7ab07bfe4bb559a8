#pragma once

#include <benchmark/benchmark.h>

#include <string>

/// How a program's timed loops and allocations reach the harness. Two files
/// define this, everything else is the same source in both:
///   attachment_linked.cc    opstat::harness, linked into the benchmark program
///   attachment_preload.cc   libopstat_preload.so, put before an untouched
///   program
namespace opstat::harness::attachment {

/// The program's own definition of one of the allocation functions: the one
/// that comes after ours. Does not allocate but for what dlsym allocates.
void* NextDefinition(const char* name) noexcept;

/// Adds to the context of the library's reports.
void AddContext(const std::string& key, const std::string& value);

// The members of benchmark::State as the library defines them.
void StartKeepRunning(benchmark::State* state);
void FinishKeepRunning(benchmark::State* state);
void PauseTiming(benchmark::State* state);
void ResumeTiming(benchmark::State* state);

}  // namespace opstat::harness::attachment
