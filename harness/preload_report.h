#pragma once

#include <string_view>

namespace opstat::harness {

/// What libopstat_preload.so can do in the process it was put into.
struct Verdict {
  std::string_view word;    ///< one of the words below
  std::string_view detail;  ///< of kUnknownLibrary and kMiscounts; or empty
};

inline constexpr std::string_view kCounts = "counts";
/// The program was linked with opstat::harness, which counts.
inline constexpr std::string_view kLinked = "linked";
/// No shared libbenchmark: its functions cannot be replaced.
inline constexpr std::string_view kNoLibrary = "no-library";
inline constexpr std::string_view kUnknownLibrary = "unknown-library";
inline constexpr std::string_view kMiscounts = "miscounts";
inline constexpr std::string_view kSanitizer = "sanitizer";

/// Appends a line "verdict WORD DETAIL" to the file that OPSTAT_PRELOAD_REPORT
/// names, if any, and at the normal end of the process (that of a forked copy
/// excepted) "totals ALLOCS BYTES FREES", of all its threads.
void ReportVerdict(const Verdict& verdict);

}  // namespace opstat::harness
