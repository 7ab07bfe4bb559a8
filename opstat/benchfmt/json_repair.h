#pragma once

#include <string>
#include <string_view>

namespace opstat::benchfmt {

/// Deepest nesting that is read; Google Benchmark's own files have 3 levels.
inline constexpr int kMaxJsonDepth = 64;

/// `json` made strict where benchmark programs leave the standard: raw control
/// bytes in strings are escaped (Google Benchmark 1.7.1 at least writes them as
/// they are), bytes that are not UTF-8 become `\xFF`, NaN and Infinity null,
/// and integers too long for 64 bits reals.
///
/// Throws Error(kBadData) naming `origin` when the text ends within a string,
/// array or object, nests deeper than kMaxJsonDepth, or has a NUL byte outside
/// strings. All other faults are left to the parser.
std::string RepairJson(std::string_view json, std::string_view origin);

/// "origin:line:column" of the byte at `offset`, both counted from 1.
std::string Place(std::string_view text, std::size_t offset,
                  std::string_view origin);

}  // namespace opstat::benchfmt
