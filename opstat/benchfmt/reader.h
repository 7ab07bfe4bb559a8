#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "opstat/benchfmt/run.h"

namespace opstat::benchfmt {

/// Reads a file of any format known here into one Run; the format is told from
/// the content. `origin` names the bytes in messages (a path, or "stdin").
///
/// Rows that cannot be used (NaN, infinite, zero or negative wall time; a
/// benchmark that reported an error; a name longer than 4096 bytes) are left
/// out and named in Run::warnings; aggregates are left out silently. A CPU time
/// of zero is unmeasured and leaves the row. Bare NaN and Infinity, and raw
/// control bytes in strings, are read as Google Benchmark writes them; bytes
/// that are not UTF-8 read as `\xFF`. Units come in the order of the file.
/// Warnings hold text of the file: escape them before they meet a terminal.
///
/// Throws Error(kBadData) naming `origin` and the place: empty or truncated
/// input, an unknown format ("this looks like ..."), a missing or unknown
/// time unit, no usable row, more than a million rows, nesting beyond 64
/// levels, several runs in one file. Pure: touches no file; thread-safe.
Run ReadRun(std::string_view bytes, std::string_view origin);

/// ReadRun of a file that may hold several runs (JSON lines), at least one.
std::vector<Run> ReadRuns(std::string_view bytes, std::string_view origin);

/// What ReadRun warns of a file whose samples are not processes of their own.
inline constexpr const char* kRepetitionsWarning =
    "repetitions within one process are not independent samples: times get no "
    "verdict (run them with `opstat run`, or pass --assume-independent)";

/// ReadRun of the file at `path` ("-": standard input). Throws Error(kBadData)
/// when it cannot be opened, is a directory, or is larger than 256 MiB; see
/// FileBytes for one that is cut short meanwhile.
Run ReadRunFile(const std::string& path);
std::vector<Run> ReadRunsFile(const std::string& path);

}  // namespace opstat::benchfmt
