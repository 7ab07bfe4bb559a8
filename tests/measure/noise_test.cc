#include "opstat/measure/noise.h"

#include <gtest/gtest.h>

#include "opstat/measure/child.h"

namespace opstat::measure {
namespace {

TEST(NoiseMeter, CountsPreemptionsOfTheChildrenMeasured) {
  const NoiseMeter meter;
  RunChild({.argv = {"sh", "-c",
                     "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done"}});
  const Facts facts = meter.Result();
  ASSERT_TRUE(facts.contains("noise.preemptions"));
  EXPECT_GE(std::stod(facts.at("noise.preemptions")), 0);
  EXPECT_TRUE(facts.contains("noise.load"));
}

TEST(NoiseWarnings, AQuietMachineHasNone) {
  EXPECT_TRUE(NoiseWarnings({}).empty());
  EXPECT_TRUE(NoiseWarnings({{"host.cpus", "8"},
                             {"host.governor", "performance"},
                             {"noise.load", "1.20"},
                             {"noise.preemptions", "3.1"},
                             {"noise.memory_pressure", "0.0"},
                             {"noise.mhz", "3400..3400"}})
                  .empty());
}

struct Case {
  Facts facts;
  const char* says;
};

TEST(NoiseWarnings, EachSaysWhatToDo) {
  for (const Case& one :
       {Case{{{"host.cpus", "2"}, {"noise.load", "5.10"}},
             "load 5.1 on 2 CPUs"},
        Case{{{"noise.preemptions", "212.0"}}, "preempted 212 times"},
        Case{{{"noise.memory_pressure", "7.5"}}, "memory 7.5% of the time"},
        Case{{{"host.governor", "powersave"}}, "cpupower frequency-set"},
        Case{{{"noise.mhz", "1200..3400"}}, "from 1200 to 3400 MHz"}}) {
    const auto warnings = NoiseWarnings(one.facts);
    ASSERT_EQ(warnings.size(), 1U) << one.says;
    EXPECT_NE(warnings[0].find(one.says), std::string::npos) << warnings[0];
  }
}

}  // namespace
}  // namespace opstat::measure
