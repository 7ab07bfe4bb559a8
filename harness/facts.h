#pragma once

namespace opstat::harness {

/// Adds to the context of every report, as strings, what is known of this
/// process: "opstat.harness" (the version of these names),
/// "opstat.build.allocator", and why there is no instructions/op,
/// "opstat.instructions", if so.
void PublishProcessFacts();

}  // namespace opstat::harness
