#pragma once

namespace opstat::harness {

/// Adds what is known of this build to the context of every report, as strings:
/// "opstat.harness" (the version of these names), "opstat.build.compiler",
/// ".flags", ".stdlib", ".allocator", ".sanitizer". The compiler, flags and
/// library are those of the harness itself, which CMake builds with its
/// consumer's. What is not known is absent.
void PublishBuildFacts();

}  // namespace opstat::harness
