#pragma once

#include <string>
#include <string_view>

namespace opstat::benchfmt {

/// The units opstat gives a meaning of its own.
inline constexpr std::string_view kWallTime = "sec/op";
inline constexpr std::string_view kCpuTime = "cpu-sec/op";
inline constexpr std::string_view kBytes = "B/op";
inline constexpr std::string_view kAllocs = "allocs/op";
inline constexpr std::string_view kFrees = "frees/op";
inline constexpr std::string_view kFaults = "faults/op";
inline constexpr std::string_view kInstructions = "instructions/op";
inline constexpr std::string_view kIterations = "iterations";
/// Time the loop waited for a CPU, per op: tells "blocked" from "not run".
inline constexpr std::string_view kRunDelay = "run-delay-sec/op";
/// The place of the sample's process in its session, from 0: tells which of two
/// samples came first.
inline constexpr std::string_view kPlace = "place";
/// Allocations and bytes of a warm-up inside the benchmark, once a process.
inline constexpr std::string_view kOneTimeAllocs = "one-time-allocs";
inline constexpr std::string_view kOneTimeBytes = "one-time-B";
/// Most heap live during the timed loop, from a pass of its own.
inline constexpr std::string_view kPeakBytes = "peak-B";

/// A value in a base unit, as benchstat's benchunit.Tidy makes it:
/// "ns/op" -> "sec/op", "MB/s" -> "B/s", "bytes_per_second" -> "B/s".
struct TidyUnit {
  std::string unit;
  double factor;  ///< tidy value = written value * factor
};
TidyUnit Tidy(std::string_view unit);

/// B/op, allocs/op, frees/op: equal code gives equal values, so a difference
/// needs no statistics.
bool IsExact(std::string_view unit);
bool IsTime(std::string_view unit);
/// Rates ("B/s", "*_per_second", "*/s") are better when higher.
bool HigherIsBetter(std::string_view unit);
/// Bookkeeping that no table shows unless asked: iterations, one-time-*, ...
bool IsHousekeeping(std::string_view unit);
/// Units whose prefixes are powers of 1024 ("B", "B/op", "B/s").
bool IsBinary(std::string_view unit);

}  // namespace opstat::benchfmt
