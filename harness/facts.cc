#include "harness/facts.h"

#include <dlfcn.h>
#include <gnu/libc-version.h>

#include <string>

#include "harness/attachment.h"
#include "harness/sanitizer.h"

namespace opstat::harness {

namespace {

std::string Compiler() {
#ifdef __clang__
  return "clang++ " + std::to_string(__clang_major__) + "." +
         std::to_string(__clang_minor__) + "." +
         std::to_string(__clang_patchlevel__);
#else
  return "g++ " + std::to_string(__GNUC__) + "." +
         std::to_string(__GNUC_MINOR__) + "." +
         std::to_string(__GNUC_PATCHLEVEL__);
#endif
}

std::string StandardLibrary() {
#ifdef _LIBCPP_VERSION
  return "libc++ " + std::to_string(_LIBCPP_VERSION);
#else
  return "libstdc++ " + std::to_string(_GLIBCXX_RELEASE);
#endif
}

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

std::string Sanitizer() {
#if defined(OPSTAT_BUILD_SANITIZER)
  return OPSTAT_BUILD_SANITIZER;
#elif defined(OPSTAT_SANITIZER)
  return OPSTAT_SANITIZER;
#else
  return "";
#endif
}

}  // namespace

void PublishProcessFacts() {
  attachment::AddContext("opstat.harness", "1");
  attachment::AddContext("opstat.build.allocator", Allocator());
}

void PublishBuildFacts() {
  attachment::AddContext("opstat.build.compiler", Compiler());
#ifdef OPSTAT_BUILD_FLAGS
  attachment::AddContext("opstat.build.flags", OPSTAT_BUILD_FLAGS);
#endif
  attachment::AddContext("opstat.build.stdlib", StandardLibrary());
  if (const std::string sanitizer = Sanitizer(); !sanitizer.empty()) {
    attachment::AddContext("opstat.build.sanitizer", sanitizer);
  }
}

}  // namespace opstat::harness
