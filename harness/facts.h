#pragma once

namespace opstat::harness {

/// Adds to the context of every report, as strings, what is known of this
/// process: "opstat.harness" (the version of these names) and
/// "opstat.build.allocator".
void PublishProcessFacts();

}  // namespace opstat::harness
