// The linker's --wrap (see CMakeLists.txt) sends the calls of the four
// functions here.
#include <dlfcn.h>

#include "harness/attachment.h"
#include "harness/build_facts.h"
#include "harness/facts.h"
#include "harness/loop.h"

// The linker makes these names from the members' mangled ones.
// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming)
extern "C" {
void __real__ZN9benchmark5State16StartKeepRunningEv(benchmark::State*);
void __real__ZN9benchmark5State17FinishKeepRunningEv(benchmark::State*);
void __real__ZN9benchmark5State11PauseTimingEv(benchmark::State*);
void __real__ZN9benchmark5State12ResumeTimingEv(benchmark::State*);
}

namespace opstat::harness {
namespace {

[[maybe_unused]] const bool kOpen = [] {
  PublishProcessFacts();
  PublishBuildFacts();
  return AllocationsAreCounted();
}();

}  // namespace

namespace attachment {

void* NextDefinition(const char* name) noexcept {
  // Where libopstat_preload.so came along it stands aside and is skipped.
  using Yield = void*(const char*);
  auto* const preload_yields =
      reinterpret_cast<Yield*>(dlsym(RTLD_DEFAULT, "opstat_preload_yield"));
  if (preload_yields != nullptr) return preload_yields(name);
  dlerror();  // Its absence is no error that the program should find.
  return dlsym(RTLD_NEXT, name);
}

void AddContext(const std::string& key, const std::string& value) {
  benchmark::AddCustomContext(key, value);
}

void StartKeepRunning(benchmark::State* state) {
  __real__ZN9benchmark5State16StartKeepRunningEv(state);
}
void FinishKeepRunning(benchmark::State* state) {
  __real__ZN9benchmark5State17FinishKeepRunningEv(state);
}
void PauseTiming(benchmark::State* state) {
  __real__ZN9benchmark5State11PauseTimingEv(state);
}
void ResumeTiming(benchmark::State* state) {
  __real__ZN9benchmark5State12ResumeTimingEv(state);
}

}  // namespace attachment
}  // namespace opstat::harness

extern "C" {

void __wrap__ZN9benchmark5State16StartKeepRunningEv(benchmark::State* state) {
  opstat::harness::StartLoop(*state, __builtin_return_address(0));
}
void __wrap__ZN9benchmark5State17FinishKeepRunningEv(benchmark::State* state) {
  opstat::harness::FinishLoop(*state);
}
void __wrap__ZN9benchmark5State11PauseTimingEv(benchmark::State* state) {
  opstat::harness::PauseLoop(*state);
}
void __wrap__ZN9benchmark5State12ResumeTimingEv(benchmark::State* state) {
  opstat::harness::ResumeLoop(*state);
}

}  // extern "C"
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)
