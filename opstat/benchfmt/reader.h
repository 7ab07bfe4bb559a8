#pragma once

#include <string>
#include <string_view>

#include "opstat/benchfmt/run.h"

namespace opstat::benchfmt {

/// Reads a file of any format known here into one Run; the format is told from
/// the content. `origin` names the bytes in messages (a path, or "stdin").
///
/// Rows that cannot be used (NaN, infinite, zero or negative time; a benchmark
/// that reported an error) are left out and named in Run::warnings; aggregates
/// are left out silently. Bare NaN and Infinity, and raw control bytes in
/// strings, are read as Google Benchmark writes them.
///
/// Throws Error(kBadData) naming `origin` and the place: empty or truncated
/// input, an unknown format ("this looks like ..."), a missing or unknown
/// time unit, no usable row. Pure: touches no file; thread-safe.
Run ReadRun(std::string_view bytes, std::string_view origin);

/// ReadRun of the file at `path` ("-": standard input). Throws Error(kBadData)
/// when it cannot be opened, is a directory, or is larger than 256 MiB.
Run ReadRunFile(const std::string& path);

}  // namespace opstat::benchfmt
