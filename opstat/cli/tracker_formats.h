#pragma once

#include <span>
#include <string>

#include "opstat/benchfmt/run.h"

namespace opstat::cli {

/// What services that track benchmarks read: of each unit of each benchmark the
/// median and its 95% order-statistic interval, no samples. Bookkeeping units
/// and what was not measured are left out. Pure.

/// Bencher Metric Format (https://bencher.dev/bmf.json), for `bencher run
/// --adapter json`: benchmark -> measure -> value, lower_value, upper_value
/// (left out where n is too small). Times are in nanoseconds; the measures are
/// "latency" (sec/op), "cpu-time", "bytes-allocated", "allocations", and the
/// unit as a slug for all else. Bencher takes names of 1 to 1024 characters
/// without spaces at the ends, so others are shortened and told apart by a
/// hash.
std::string WriteBencherMetrics(const benchfmt::Run& run);

/// JSON for benchmark-action/github-action-benchmark's tool
/// `customSmallerIsBetter`: a list of name ("benchmark unit"), unit, value,
/// range, extra. Rates are left out: for them larger is better.
/// Throws Error(kBadData) when nothing is left.
std::string WriteGitHubAction(const benchfmt::Run& run);

/// CSV for Apache Otava's importer: time, commit, a column a "benchmark unit";
/// a line a run, the oldest first. Otava refuses an empty cell, so only what
/// all runs measured is written. Throws Error(kBadData) when a run has no time
/// or the runs have nothing in common.
std::string WriteOtavaCsv(std::span<const benchfmt::Run> runs);

}  // namespace opstat::cli
