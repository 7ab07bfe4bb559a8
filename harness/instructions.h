#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace opstat::harness {

/// Where counts of executed instructions come from: the kernel, or a test.
struct InstructionSource {
  /// A counter of the calling thread and of threads that it starts from now
  /// on; negative, with errno set, when there can be none.
  int (*open)() noexcept;
  std::optional<std::uint64_t> (*read)(int counter) noexcept;
  void (*close)(int counter) noexcept;
};

/// perf_event_open(2): instructions retired in user space.
const InstructionSource& PerfEvents() noexcept;

/// Why `source` gives no counts, for a person; "" when it does.
std::string WhyNoInstructions(const InstructionSource& source);

/// Instructions between Start() and Finish(), without what was executed between
/// Pause() and Resume(). Nothing if the source gave no counts.
class InstructionMeter {
 public:
  void Start(const InstructionSource& source) noexcept;
  void Pause() noexcept;
  void Resume() noexcept;
  void Finish() noexcept;
  std::optional<std::uint64_t> Count() const noexcept { return count_; }

 private:
  const InstructionSource* source_ = nullptr;
  int counter_ = -1;
  std::optional<std::uint64_t> before_;
  std::optional<std::uint64_t> count_;
};

}  // namespace opstat::harness
