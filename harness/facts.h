#pragma once

namespace opstat::harness {

/// Adds to the context of every report, as strings, what is known of this
/// process: "opstat.harness" (the version of these names) and
/// "opstat.build.allocator".
void PublishProcessFacts();

/// Adds what is known of this build: "opstat.build.compiler", ".flags",
/// ".stdlib", ".sanitizer". They are those of the harness itself, which CMake
/// builds with its consumer's. What is not known is absent.
void PublishBuildFacts();

}  // namespace opstat::harness
