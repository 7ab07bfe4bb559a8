// Virtual machines rarely let a process count instructions: a source with known
// counts stands in for the kernel here.
#include "harness/instructions.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <optional>

namespace opstat::harness {
namespace {

struct FakeKernel {
  std::uint64_t executed = 0;
  int open = 0;
  bool readable = true;
} kernel;

constexpr InstructionSource kFake = {
    []() noexcept { return ++kernel.open; },
    [](int) noexcept {
      return kernel.readable ? std::optional(kernel.executed) : std::nullopt;
    },
    [](int) noexcept { --kernel.open; }};

constexpr InstructionSource kForbidden = {[]() noexcept {
                                            errno = EACCES;
                                            return -1;
                                          },
                                          nullptr, nullptr};

void Execute(std::uint64_t instructions) { kernel.executed += instructions; }

class Instructions : public testing::Test {
 protected:
  void SetUp() override { kernel = {.executed = 1'000'000}; }
};

TEST_F(Instructions, LeaveOutThePauses) {
  InstructionMeter meter;
  meter.Start(kFake);
  Execute(100);
  meter.Pause();
  Execute(7777);
  meter.Resume();
  Execute(20);
  meter.Finish();
  Execute(5);
  EXPECT_EQ(meter.Count(), 120U);
}

TEST_F(Instructions, OfTheLastLoopOnly) {
  InstructionMeter meter;
  for (int loop = 0; loop < 2; ++loop) {
    meter.Start(kFake);
    Execute(30);
    meter.Finish();
  }
  EXPECT_EQ(meter.Count(), 30U);
  EXPECT_EQ(kernel.open, 0);
}

TEST_F(Instructions, AreNotGuessedWhenAReadingFails) {
  InstructionMeter meter;
  meter.Start(kFake);
  kernel.readable = false;
  meter.Pause();
  kernel.readable = true;
  meter.Resume();
  Execute(30);
  meter.Finish();
  EXPECT_EQ(meter.Count(), std::nullopt);
  EXPECT_EQ(kernel.open, 0);
}

TEST_F(Instructions, AreUnmeasuredWithTheReasonWhereForbidden) {
  InstructionMeter meter;
  meter.Start(kForbidden);
  meter.Finish();
  EXPECT_EQ(meter.Count(), std::nullopt);
  EXPECT_EQ(
      WhyNoInstructions(kForbidden).find("perf_event_open: Permission denied"),
      0U);
  EXPECT_EQ(WhyNoInstructions(kFake), "");
}

}  // namespace
}  // namespace opstat::harness
