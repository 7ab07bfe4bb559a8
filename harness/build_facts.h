#pragma once

namespace opstat::harness {

/// Adds to the context of every report how the program that links this harness
/// was built: "opstat.build.compiler", ".flags", ".stdlib", ".sanitizer". What
/// is not known is absent: all of it, where the program did not compile
/// benchmark_build.cc.
void PublishBuildFacts();

}  // namespace opstat::harness
