#include "opstat/compare/role.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/compare/runs.h"

namespace opstat::compare {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

benchfmt::Benchmark Clocks(const std::string& name, const Values& wall,
                           const Values& cpu, const Values& delay = {}) {
  benchfmt::Benchmark benchmark{name, {{"sec/op", wall}}};
  if (!cpu.empty()) benchmark.measurements.push_back({"cpu-sec/op", cpu});
  if (!delay.empty()) {
    benchmark.measurements.push_back({"run-delay-sec/op", delay});
  }
  return benchmark;
}

struct Case {
  const char* what;
  benchfmt::Benchmark baseline, contender;
  const char* clock;
};

const benchfmt::Benchmark kBusyOne = Clocks("B", {1, 1}, {1, 1});

const Case kCases[] = {
    {"busy on both sides", kBusyOne, kBusyOne, "cpu-sec/op"},
    {"no cpu time on one side", kBusyOne, Clocks("B", {1, 1}, {}), "sec/op"},
    {"cpu time never measured", kBusyOne, Clocks("B", {1, 1}, {kNaN, kNaN}),
     "sec/op"},
    {"threads", Clocks("B/threads:4", {1}, {1}),
     Clocks("B/threads:4", {1}, {1}), "sec/op"},
    {"one thread", Clocks("B/threads:1", {1}, {1}),
     Clocks("B/threads:1", {1}, {1}), "cpu-sec/op"},
    {"real time", Clocks("B/real_time", {1}, {1}),
     Clocks("B/real_time", {1}, {1}), "sec/op"},
    {"blocked in every sample", Clocks("B", {1, 1}, {.5, .94}),
     Clocks("B", {1, 1}, {.9, .1}), "sec/op"},
    {"one sample was not blocked", Clocks("B", {1, 1}, {.5, .96}),
     Clocks("B", {1, 1}, {.5, .1}), "cpu-sec/op"},
    {"waited for a CPU", Clocks("B", {1, 1}, {.5, .5}, {.5, .5}),
     Clocks("B", {1, 1}, {.6, .6}, {.4, .4}), "cpu-sec/op"},
    {"blocked on one side, with run delay",
     Clocks("B", {1, 1}, {.5, .5}, {.5, .5}),
     Clocks("B", {1, 1, 1}, {.6, .6, 1}, {.1, .1, 0}), "sec/op"},
    {"run delay of one side only", Clocks("B", {1, 1}, {.5, .5}, {.5, .5}),
     Clocks("B", {1, 1}, {.6, 1}), "cpu-sec/op"},
    {"clock too coarse for cpu time", Clocks("B", {1, 1}, {0, 0}),
     Clocks("B", {1, 1}, {0, 0}), "sec/op"},
};

TEST(Role, OfTheClockIsTheSameForBothSides) {
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.what);
    const benchfmt::Benchmark* sides[] = {&c.baseline, &c.contender};
    EXPECT_EQ(DecidingClock(sides), c.clock);
    std::swap(sides[0], sides[1]);
    EXPECT_EQ(DecidingClock(sides), c.clock);
  }
}

TEST(Role, IsCpuTimeWhereThereIsNoWallTime) {
  const benchfmt::Benchmark cpu{"B", {{"cpu-sec/op", {1, 2}}}};
  const benchfmt::Benchmark* sides[] = {&cpu, &cpu};
  EXPECT_EQ(DecidingClock(sides), "cpu-sec/op");
}

TEST(Role, OfEachUnit) {
  EXPECT_EQ(RoleOf("cpu-sec/op", "cpu-sec/op"), Role::kDecides);
  EXPECT_EQ(RoleOf("sec/op", "cpu-sec/op"), Role::kShown);
  EXPECT_EQ(RoleOf("B/op", "sec/op"), Role::kExact);
  EXPECT_EQ(RoleOf("allocs/op", "sec/op"), Role::kExact);
  EXPECT_EQ(RoleOf("frees/op", "sec/op"), Role::kExact);
  EXPECT_EQ(RoleOf("instructions/op", "sec/op"), Role::kNearExact);
  EXPECT_EQ(RoleOf("faults/op", "sec/op"), Role::kShown);
  EXPECT_EQ(RoleOf("B/s", "sec/op"), Role::kShown);
}

}  // namespace
}  // namespace opstat::compare
