#include "harness/live_bytes.h"

#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <string_view>

#include "harness/alloc_observer.h"

namespace opstat::harness {

namespace {

// Signed: blocks from before the observer was there are freed too.
constinit std::atomic<std::int64_t> live{0};
constinit std::atomic<std::int64_t> peak{0};  // of `live`, in timed regions
constinit std::atomic<bool> is_timed{false};
constinit bool tracks = false;

// Of the thread that owns the loop.
constinit std::int64_t ground = 0;     // live at the start and through pauses
constinit std::int64_t left_with = 0;  // live when the last region ended
constinit std::int64_t highest = 0;    // above the ground

std::int64_t SizeOf(const void* memory) {
  return static_cast<std::int64_t>(
      malloc_usable_size(const_cast<void*>(memory)));
}

void RaisePeak(std::int64_t to) {
  std::int64_t known = peak.load();
  while (known < to && !peak.compare_exchange_weak(known, to)) {
  }
}

constexpr AllocObserver kObserver = {
    .allocated =
        [](const void* memory, std::size_t) noexcept {
          const std::int64_t size = SizeOf(memory);
          const std::int64_t now = live.fetch_add(size) + size;
          if (is_timed) RaisePeak(now);
        },
    .about_to_free =
        [](const void* memory) noexcept { live.fetch_sub(SizeOf(memory)); }};

}  // namespace

void TrackLiveBytesIfAsked() noexcept {
  const char* pass = std::getenv("OPSTAT_PASS");
  if (pass == nullptr || std::string_view(pass) != "peak") return;
  tracks = true;
  ObserveAllocations(kObserver);
}

void StartLiveBytes() noexcept {
  if (!tracks) return;
  ground = left_with = live;
  highest = 0;
}

void EnterLiveBytes() noexcept {
  if (!tracks) return;
  ground += live - left_with;
  peak = live.load();
  is_timed = true;
}

void LeaveLiveBytes() noexcept {
  if (!tracks) return;
  is_timed = false;
  left_with = live;
  highest = std::max(highest, peak - ground);
}

std::optional<std::uint64_t> PeakLiveBytes() noexcept {
  if (!tracks) return std::nullopt;
  return static_cast<std::uint64_t>(std::max<std::int64_t>(highest, 0));
}

}  // namespace opstat::harness
