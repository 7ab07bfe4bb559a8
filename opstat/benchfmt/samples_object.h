#pragma once

#include <string_view>

#include "opstat/benchfmt/json_document.h"
#include "opstat/benchfmt/run.h"

namespace opstat::benchfmt {

/// The schema of `context.opstat` in a samples file and of `opstat` in JSON
/// lines: an object with all of a Run but its time and benchmarks.
/// JsonOutput::Opstat writes it.
inline constexpr std::string_view kSamplesSchema = "opstat.samples/1";

/// Fills all of `run` but its time and benchmarks from that object. Throws
/// Error(kBadData) when it is of a newer schema or malformed.
void ReadOpstat(JsonValue opstat, std::string_view origin, Run* run);

}  // namespace opstat::benchfmt
