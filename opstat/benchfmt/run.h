#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace opstat::benchfmt {

/// The value of what a sample did not measure. It is never stored as 0.
inline constexpr double kUnmeasured = std::numeric_limits<double>::quiet_NaN();

/// The values of one unit of one benchmark, one a sample, in the order they
/// were measured, in base SI units (seconds, bytes). kUnmeasured where a sample
/// did not measure this unit.
struct Measurement {
  std::string unit;  ///< tidied: "sec/op", "cpu-sec/op", "B/op", "B/s", ...
  std::vector<double> values;
};

/// One benchmark of a run. All its measurements have as many values as it has
/// samples; "iterations" is a measurement like any other.
struct Benchmark {
  std::string name;  ///< as Google Benchmark prints it; see name.h
  std::vector<Measurement> measurements;

  /// The measurement of `unit`, or nullptr.
  const Measurement* Find(std::string_view unit) const;
  /// The measurement of `unit`, appended (with NaN for the samples before) when
  /// there is none. The reference holds until the next measurement is added.
  Measurement& Add(std::string_view unit);
  /// Number of samples.
  std::size_t Samples() const;
};

/// What one samples file holds: the samples of one side, and how they came to
/// be. A plain value; no member refers to another.
struct Run {
  /// 32 hex digits. Random for what opstat measured; derived from the content
  /// for a foreign file, so that the same file read twice is one run.
  std::string id;
  std::string time;   ///< ISO 8601 with zone, as the file has it; may be empty
  std::string label;  ///< what a person calls it: a file name, a branch
  /// True when each sample is a process of its own (context.opstat says so).
  /// False: repetitions within one process, which are not samples.
  bool process_samples = false;

  std::string session;  ///< equal for sides measured interleaved; may be empty
  std::string side;     ///< "" for a run of one side
  std::uint64_t seed = 0;
  /// For each round the benchmarks' positions in `benchmarks`, as executed.
  std::vector<std::vector<int>> schedule;

  /// Facts with dotted names: "host.name", "host.cpu", "build.compiler",
  /// "commit.hash", "program". Ordered, so that output is deterministic.
  std::map<std::string, std::string> facts;
  std::vector<Benchmark> benchmarks;  ///< in the program's order
  /// Rows refused (by name, with the reason), assumptions the reader made.
  std::vector<std::string> warnings;

  /// The fact of that name, or "".
  std::string_view Fact(std::string_view name) const;
  const Benchmark* Find(std::string_view name) const;
};

}  // namespace opstat::benchfmt
