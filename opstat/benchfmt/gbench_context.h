#pragma once

#include <rapidjson/fwd.h>

#include <string_view>

#include "opstat/benchfmt/run.h"

namespace opstat::benchfmt {

/// The schema of a samples file's context.opstat.
inline constexpr std::string_view kSamplesSchema = "opstat.samples/1";

/// Fills all of `run` but its benchmarks from the `context` object of Google
/// Benchmark JSON. In a samples file context.opstat is the whole truth;
/// elsewhere the facts are gathered from the library's own fields and from the
/// strings that a harness added as `opstat.NAME`.
///
/// Returns whether this is a samples file. Throws Error(kBadData) when
/// context.opstat is of a newer schema or malformed.
bool ReadContext(const rapidjson::Value& context, std::string_view origin,
                 Run* run);

}  // namespace opstat::benchfmt
