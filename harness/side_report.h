#pragma once

#include <initializer_list>
#include <string_view>
#include <utility>

/// What this process tells whoever started it, beside the library's report: the
/// file that OPSTAT_REPORT names, one line a fact. Without it nothing is
/// written. `opstat run` reads it (opstat/measure/harness_report.h).
namespace opstat::harness {

/// "counts NAME=VALUE ...": the counters that one call of a benchmark got.
/// Benchmarks may overwrite or erase them after their loop; these stay.
void ReportCounts(
    std::initializer_list<std::pair<std::string_view, double>> counts);

/// "replaced NAME": the benchmark had set a counter of that name before its
/// loop, and the counted one took its place.
void ReportReplaced(std::string_view name);

/// What libopstat_preload.so can do in the process it was put into.
struct Verdict {
  std::string_view word;    ///< one of the words below
  std::string_view detail;  ///< the library, the function; or empty
};
inline constexpr std::string_view kCounts = "counts";
/// The program was linked with opstat::harness, which counts.
inline constexpr std::string_view kLinked = "linked";
/// No shared libbenchmark whose functions could be replaced. The detail is an
/// allocation function that is not counted exactly, if there is one.
inline constexpr std::string_view kNoLibrary = "no-library";
inline constexpr std::string_view kUnknownLibrary = "unknown-library";
inline constexpr std::string_view kMiscounts = "miscounts";
inline constexpr std::string_view kSanitizer = "sanitizer";

/// "verdict WORD DETAIL", and at the normal end of the process (not of a forked
/// copy) "totals ALLOCS BYTES FREES", of all its threads.
void ReportVerdict(const Verdict& verdict);

}  // namespace opstat::harness
