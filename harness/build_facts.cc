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
  if (&opstat_benchmark_build == nullptr) return;
  Publish("opstat.build.compiler", opstat_benchmark_build.compiler);
  Publish("opstat.build.flags", opstat_benchmark_build.flags);
  Publish("opstat.build.stdlib", opstat_benchmark_build.standard_library);
  Publish("opstat.build.sanitizer", opstat_benchmark_build.sanitizer);
}

}  // namespace opstat::harness
