#include "harness/facts.h"

#include <dlfcn.h>
#include <gnu/libc-version.h>

#include <string>

#include "harness/attachment.h"
#include "harness/instructions.h"

namespace opstat::harness {

namespace {

// By a function that only this allocator has. Sees shared libraries, and what
// a program exports.
std::string Allocator() {
  const auto has = [](const char* function) {
    return dlsym(RTLD_DEFAULT, function) != nullptr;
  };
  if (has("mallctl")) return "jemalloc";
  if (has("tc_version")) return "tcmalloc";
  if (has("mi_version")) return "mimalloc";
  return std::string("glibc ") + gnu_get_libc_version();
}

}  // namespace

void PublishProcessFacts() {
  attachment::AddContext("opstat.harness", "1");
  attachment::AddContext("opstat.build.allocator", Allocator());
  if (const std::string why = WhyNoInstructions(PerfEvents()); !why.empty()) {
    attachment::AddContext("opstat.instructions", "unmeasured: " + why);
  }
}

}  // namespace opstat::harness
