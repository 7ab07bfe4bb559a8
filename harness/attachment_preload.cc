// The shim: the dynamic linker finds these definitions of the four functions
// before those of the shared libbenchmark. It takes part only where it can
// count; else it forwards, as if it were not there.
#include <dlfcn.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "harness/attachment.h"
#include "harness/facts.h"
#include "harness/loop.h"
#include "harness/self_check.h"
#include "harness/side_report.h"

// In a process without a shared libbenchmark these are null.
namespace benchmark {
[[gnu::weak]] void AddCustomContext(const std::string& key,
                                    const std::string& value);
namespace internal {
// The library's header calls it in every source file.
int InitializeStreams() { return 0; }
}  // namespace internal
}  // namespace benchmark

namespace opstat::harness {
namespace {

using Member = void(benchmark::State*);

// Mangled names of benchmark::State's members.
constexpr char kStart[] = "_ZN9benchmark5State16StartKeepRunningEv";
constexpr char kFinish[] = "_ZN9benchmark5State17FinishKeepRunningEv";
constexpr char kPause[] = "_ZN9benchmark5State11PauseTimingEv";
constexpr char kResume[] = "_ZN9benchmark5State12ResumeTimingEv";

Member* Library(const char* name) {
  return reinterpret_cast<Member*>(dlsym(RTLD_NEXT, name));
}

// Set by the first allocation of a program that has the harness.
constinit bool program_has_the_harness = false;

// The counters go into a benchmark::State whose layout this file was compiled
// for. Its file name tells the version; a private copy may have the soname.
bool KnowsLayoutOf(const std::string& library) {
  const std::filesystem::path file =
      std::filesystem::weakly_canonical(library).filename();
  return file == OPSTAT_BENCHMARK_FILE || file == OPSTAT_BENCHMARK_SONAME;
}

// AddCustomContext has std::string in its name: a libbenchmark for another
// standard library lacks this one.
bool KnowsLibrary(const Dl_info& library) {
  return benchmark::AddCustomContext != nullptr &&
         KnowsLayoutOf(library.dli_fname);
}

Verdict Judge() {
  for (const char* sanitizer : {"__asan_init", "__tsan_init", "__msan_init"}) {
    if (dlsym(RTLD_DEFAULT, sanitizer) != nullptr) return {kSanitizer, {}};
  }
  dlerror();
  // The harness of the program, if it has one, speaks up at this.
  std::free(std::malloc(1));
  if (program_has_the_harness) return {kLinked, {}};
  Dl_info library{};
  if (dladdr(reinterpret_cast<void*>(Library(kStart)), &library) == 0) {
    return {kNoLibrary, FirstMiscountedDoor()};
  }
  if (!KnowsLibrary(library)) return {kUnknownLibrary, library.dli_fname};
  PublishProcessFacts();
  if (!AllocationsAreCounted()) return {kMiscounts, FirstMiscountedDoor()};
  return {kCounts, {}};
}

const bool kCanCount = [] {
  const Verdict verdict = Judge();
  ReportVerdict(verdict);
  return verdict.word == kCounts;
}();

// The library's Start calls its Resume, its Finish calls its Pause: those two
// come through here as well, and are none of the benchmark's.
constinit thread_local bool inside_library = false;

void CallWithin(Member* member, benchmark::State* state) {
  inside_library = true;
  member(state);
  inside_library = false;
}

}  // namespace

namespace attachment {

void* NextDefinition(const char* name) noexcept {
  return dlsym(RTLD_NEXT, name);
}

void AddContext(const std::string& key, const std::string& value) {
  benchmark::AddCustomContext(key, value);
}

void StartKeepRunning(benchmark::State* state) {
  static Member* const library = Library(kStart);
  CallWithin(library, state);
}
void FinishKeepRunning(benchmark::State* state) {
  static Member* const library = Library(kFinish);
  CallWithin(library, state);
}
void PauseTiming(benchmark::State* state) {
  static Member* const library = Library(kPause);
  library(state);
}
void ResumeTiming(benchmark::State* state) {
  static Member* const library = Library(kResume);
  library(state);
}

}  // namespace attachment
}  // namespace opstat::harness

#pragma GCC visibility push(default)
// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming)
extern "C" {

using opstat::harness::inside_library;
using opstat::harness::kCanCount;
namespace attachment = opstat::harness::attachment;

/// For a program that has the harness: the definition of `name` that comes
/// after the shim, which from now on only forwards.
void* opstat_preload_yield(const char* name) {
  opstat::harness::program_has_the_harness = true;
  return attachment::NextDefinition(name);
}

void _ZN9benchmark5State16StartKeepRunningEv(benchmark::State* state) {
  if (!kCanCount) return attachment::StartKeepRunning(state);
  opstat::harness::StartLoop(*state, __builtin_return_address(0));
}
void _ZN9benchmark5State17FinishKeepRunningEv(benchmark::State* state) {
  if (!kCanCount) return attachment::FinishKeepRunning(state);
  opstat::harness::FinishLoop(*state);
}
void _ZN9benchmark5State11PauseTimingEv(benchmark::State* state) {
  if (!kCanCount || inside_library) return attachment::PauseTiming(state);
  opstat::harness::PauseLoop(*state);
}
void _ZN9benchmark5State12ResumeTimingEv(benchmark::State* state) {
  if (!kCanCount || inside_library) return attachment::ResumeTiming(state);
  opstat::harness::ResumeLoop(*state);
}

}  // extern "C"
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)
#pragma GCC visibility pop
