#include "harness/call_sites.h"

#include <sys/mman.h>
#include <unistd.h>
#include <unwind.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <mutex>
#include <span>
#include <string>

#include "harness/alloc_observer.h"

namespace opstat::harness {
namespace {

constexpr const char* kVariable = "OPSTAT_CALL_SITES";

struct Stack {
  std::array<std::uintptr_t, 64> frames;
  std::size_t depth;
  std::uint64_t allocs;
  std::uint64_t bytes;

  std::span<const std::uintptr_t> Frames() const {
    return std::span(frames).first(depth);
  }
};

// An open-addressing hash table in memory of its own: it must not allocate.
constexpr std::size_t kStacks = std::size_t{1} << 14;
constexpr std::size_t kMostStacks = kStacks / 4 * 3;
constinit Stack* stacks = nullptr;
constinit std::size_t stacks_used = 0;
// Never held while unwinding, so that the unwinder may take the loader's lock.
constinit std::mutex stacks_mutex;

constinit pid_t recording_process = 0;
enum class Loop { kOfOthers, kOutside, kInside };
constinit thread_local Loop loop __attribute__((tls_model("initial-exec"))) =
    Loop::kOfOthers;
constinit std::atomic<bool> others_are_inside{false};

_Unwind_Reason_Code AddFrame(_Unwind_Context* context, void* into) {
  auto& stack = *static_cast<Stack*>(into);
  int before_instruction = 0;
  const std::uintptr_t ip = _Unwind_GetIPInfo(context, &before_instruction);
  if (ip == 0) return _URC_END_OF_STACK;
  stack.frames[stack.depth++] = before_instruction != 0 ? ip : ip - 1;
  return stack.depth == stack.frames.size() ? _URC_END_OF_STACK
                                            : _URC_NO_REASON;
}

// libgcc's unwinder reads the tables that the C++ ABI asks of every function,
// so it needs neither frame pointers nor debug information.
void Unwind(Stack& stack) { _Unwind_Backtrace(AddFrame, &stack); }

std::size_t Hash(std::span<const std::uintptr_t> frames) {
  std::uint64_t hash = 0;
  for (const std::uintptr_t frame : frames) {
    hash = (hash ^ frame) * 0x9E3779B97F4A7C15;
    hash ^= hash >> 32;
  }
  return hash;
}

// The place of `stack` in the table; null when there is no room for it.
Stack* Find(const Stack& stack) {
  for (std::size_t i = Hash(stack.Frames());; ++i) {
    Stack& at = stacks[i % kStacks];
    if (std::ranges::equal(at.Frames(), stack.Frames())) return &at;
    if (at.depth != 0) continue;
    if (stacks_used == kMostStacks) return nullptr;
    ++stacks_used;
    at = stack;
    return &at;
  }
}

// In a forked child nothing is recorded.
bool IsInside() {
  const bool inside = loop == Loop::kOfOthers ? others_are_inside.load()
                                              : loop == Loop::kInside;
  return inside && getpid() == recording_process;
}

void Record(const void*, std::size_t bytes) noexcept {
  if (!IsInside()) return;
  Stack stack{};
  Unwind(stack);
  const std::lock_guard lock(stacks_mutex);
  if (Stack* at = Find(stack)) {
    ++at->allocs;
    at->bytes += bytes;
  }
}

constexpr AllocObserver kObserver = {
    .allocated = Record, .about_to_free = [](const void*) noexcept {}};

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

void WriteStacks(std::FILE* file) {
  for (const Stack& stack : std::span(stacks, kStacks)) {
    if (stack.depth == 0) continue;
    std::fprintf(file, "stack %" PRIu64 " %" PRIu64, stack.allocs, stack.bytes);
    for (const std::uintptr_t frame : stack.Frames()) {
      std::fprintf(file, " %" PRIxPTR, frame);
    }
    std::fputc('\n', file);
  }
}

void WriteMaps(std::FILE* file) {
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    std::fprintf(file, "map %s\n", line.c_str());
  }
}

}  // namespace

void RecordCallSitesIfAsked() noexcept {
  if (secure_getenv(kVariable) == nullptr) return;
  void* memory = mmap(nullptr, kStacks * sizeof(Stack), PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  // Without a table no call is written, which the reader can tell.
  if (memory == MAP_FAILED) return;
  stacks = static_cast<Stack*>(memory);
  Stack first_use{};
  Unwind(first_use);
  ObserveAllocations(kObserver);
}

void StartRecordedCall() noexcept {
  if (stacks == nullptr) return;
  const std::lock_guard lock(stacks_mutex);
  // Private anonymous memory reads as zeros afterwards.
  madvise(stacks, kStacks * sizeof(Stack), MADV_DONTNEED);
  stacks_used = 0;
  recording_process = getpid();
}

void EnterRecordedLoop(bool with_other_threads) noexcept {
  if (stacks == nullptr) return;
  loop = Loop::kInside;
  if (with_other_threads) others_are_inside = true;
}

void LeaveRecordedLoop(bool with_other_threads) noexcept {
  if (stacks == nullptr) return;
  loop = Loop::kOutside;
  if (with_other_threads) others_are_inside = false;
}

void WriteRecordedCall(const BenchmarkCall& call) {
  if (stacks == nullptr) return;
  const File file(std::fopen(secure_getenv(kVariable), "ae"), &std::fclose);
  if (file == nullptr) return;
  const std::lock_guard lock(stacks_mutex);
  std::fprintf(file.get(), "call %" PRIu64 " %" PRIu64 " %" PRIu64 "\n",
               call.iterations, call.totals.allocs, call.totals.bytes);
  WriteStacks(file.get());
  WriteMaps(file.get());
}

}  // namespace opstat::harness
