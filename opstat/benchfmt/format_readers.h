#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "opstat/benchfmt/run.h"

namespace opstat::benchfmt {

/// The readers that ReadRun chooses from; each fills all of the Run but a
/// missing id, and throws as ReadRun does.

/// Most rows that a file may have.
inline constexpr std::size_t kMaxRows = 1'000'000;

/// Google Benchmark JSON, 1.4 to 1.9, and our samples files.
Run ReadGoogleBenchmark(std::string_view json, std::string_view origin);

/// Go benchmark text (golang.org/design/14313-benchmark-format). Lines that
/// are no benchmark are skipped, malformed ones named in Run::warnings.
Run ReadGoBenchmark(std::string_view text, std::string_view origin);
/// Whether `text` has a line of that format.
bool LooksLikeGoBenchmark(std::string_view text);

/// What `hyperfine --export-json` wrote: each time is one run of the command,
/// a process of its own.
Run ReadHyperfine(std::string_view json, std::string_view origin);
/// Whether the first key of the JSON object `text` is "results".
bool LooksLikeHyperfine(std::string_view text);

/// What WriteJsonLines wrote. Strict: it is our own format, so that a line that
/// is damaged, out of place or there twice throws Error(kBadData).
std::vector<Run> ReadJsonLines(std::string_view text, std::string_view origin);
bool LooksLikeJsonLines(std::string_view text);

}  // namespace opstat::benchfmt
