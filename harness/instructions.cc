#include "harness/instructions.h"

#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

namespace opstat::harness {

namespace {

int OpenPerfEvent() noexcept {
  perf_event_attr attributes{};
  attributes.size = sizeof attributes;
  attributes.type = PERF_TYPE_HARDWARE;
  attributes.config = PERF_COUNT_HW_INSTRUCTIONS;
  attributes.exclude_kernel = 1;
  attributes.exclude_hv = 1;
  attributes.inherit = 1;
  constexpr pid_t kThisThread = 0;
  constexpr int kAnyCpu = -1;
  constexpr int kNoGroup = -1;
  return static_cast<int>(syscall(SYS_perf_event_open, &attributes, kThisThread,
                                  kAnyCpu, kNoGroup, PERF_FLAG_FD_CLOEXEC));
}

std::optional<std::uint64_t> ReadPerfEvent(int counter) noexcept {
  std::uint64_t count = 0;
  if (read(counter, &count, sizeof count) != sizeof count) return std::nullopt;
  return count;
}

}  // namespace

const InstructionSource& PerfEvents() noexcept {
  static constexpr InstructionSource kSource = {
      OpenPerfEvent, ReadPerfEvent,
      [](int counter) noexcept { close(counter); }};
  return kSource;
}

std::string WhyNoInstructions(const InstructionSource& source) {
  const int counter = source.open();
  if (counter >= 0) {
    source.close(counter);
    return "";
  }
  std::string why = std::string("perf_event_open: ") + std::strerror(errno);
  std::ifstream setting("/proc/sys/kernel/perf_event_paranoid");
  std::string level;
  if (setting >> level) why += ", kernel.perf_event_paranoid is " + level;
  return why;
}

void InstructionMeter::Start(const InstructionSource& source) noexcept {
  *this = InstructionMeter();
  source_ = &source;
  counter_ = source.open();
  if (counter_ < 0) return;
  count_ = 0;
  Resume();
}

void InstructionMeter::Pause() noexcept {
  if (!count_) return;
  const std::optional<std::uint64_t> now = source_->read(counter_);
  if (now && before_) {
    *count_ += *now - *before_;
  } else {
    count_.reset();
  }
}

void InstructionMeter::Resume() noexcept {
  if (count_) before_ = source_->read(counter_);
}

void InstructionMeter::Finish() noexcept {
  Pause();
  if (counter_ >= 0) source_->close(counter_);
}

}  // namespace opstat::harness
