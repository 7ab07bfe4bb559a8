#pragma once

#include <string_view>

#include "opstat/benchfmt/json_document.h"
#include "opstat/benchfmt/run.h"

namespace opstat::benchfmt {

/// Fills all of `run` but its benchmarks from the `context` object of Google
/// Benchmark JSON. In a samples file context.opstat is the whole truth;
/// elsewhere the facts are gathered from the library's own fields and from the
/// strings that a harness added as `opstat.NAME`.
///
/// Returns whether this is a samples file. Throws Error(kBadData) when
/// context.opstat is of a newer schema or malformed.
bool ReadContext(JsonValue context, std::string_view origin, Run* run);

}  // namespace opstat::benchfmt
