#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace opstat::benchfmt {

/// Seconds since 1970 in UTC of an ISO 8601 time: "2026-11-23",
/// "2026-11-23T10:20:30Z", "2026-11-23 10:20:30.5+02:00", "...+0200". A time
/// without zone is taken as UTC; fractions of a second are dropped. nullopt for
/// anything else. What `date -d TEXT +%s` says.
std::optional<std::int64_t> UnixSeconds(std::string_view iso);

/// "2026-11-23T10:20:30Z": the reverse, for the years 0 to 9999.
std::string UtcText(std::int64_t unix_seconds);

}  // namespace opstat::benchfmt
