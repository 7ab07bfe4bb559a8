#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace opstat::benchfmt {

/// The fields that Google Benchmark itself writes into a row. A number under
/// any other name is a user counter.
inline constexpr auto kRowFields = std::to_array<std::string_view>({
    "name",
    "run_name",
    "run_type",
    "label",
    "family_index",
    "per_family_instance_index",
    "repetitions",
    "repetition_index",
    "threads",
    "iterations",
    "real_time",
    "cpu_time",
    "time_unit",
    "aggregate_name",
    "aggregate_unit",
    "cpu_coefficient",
    "real_coefficient",
    "big_o",
    "rms",
    "error_occurred",
    "error_message",
    "skipped",
    "skip_message",
    // Of its MemoryManager: totals of an extra pass, not per iteration.
    "allocs_per_iter",
    "max_bytes_used",
    "total_allocated_bytes",
    "net_heap_growth",
});

inline bool IsRowField(std::string_view key) {
  return std::ranges::find(kRowFields, key) != kRowFields.end();
}

/// Stands before a unit in our files that would otherwise read as a row field
/// (Go's ReportMetric may name one "threads").
inline constexpr std::string_view kCounterPrefix = "counter:";

}  // namespace opstat::benchfmt
