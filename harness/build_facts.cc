#include "harness/build_facts.h"

#include "harness/attachment.h"
#include "harness/benchmark_build.h"

namespace opstat::harness {

template <>
void HarnessWasBuiltFor<ThisSanitizer, sizeof(benchmark::State),
                        kCountersOffset>() {}

namespace {

void Publish(const char* name, const char* value) {
  if (value != nullptr) attachment::AddContext(name, value);
}

}  // namespace

void PublishBuildFacts() {
  if (&kOpstatBenchmarkBuild == nullptr) return;
  Publish("opstat.build.compiler", kOpstatBenchmarkBuild.compiler);
  Publish("opstat.build.flags", kOpstatBenchmarkBuild.flags);
  Publish("opstat.build.stdlib", kOpstatBenchmarkBuild.standard_library);
  Publish("opstat.build.sanitizer", kOpstatBenchmarkBuild.sanitizer);
}

}  // namespace opstat::harness
