#pragma once

#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <limits>

#include "opstat/benchfmt/run.h"

namespace opstat::benchfmt {

/// A run with something hard to write in each of its members.
inline Run SampleRun() {
  Run run;
  run.id = "0123456789abcdef0123456789abcdef";
  run.time = "2026-11-22T15:31:19+00:00";
  run.label = "feature/\"x\" \xc3\xa9\n</script>";
  run.process_samples = true;
  run.session = "s1";
  run.side = "head";
  run.seed = std::numeric_limits<std::uint64_t>::max();
  run.schedule = {{1, 0}, {}, {0, 1}};
  run.facts = {{"host.name", "vm"},       {"host.cpu", "EPYC 7763"},
               {"host.cpus", "8"},        {"program", "./b"},
               {"commit.hash", "c0ffee"}, {"Odd key", "x\ny"}};
  run.benchmarks = {
      {"conv2D/algo:im2col/dtype:f32/threads:2",
       {{"iterations", {1000, 1001}},
        {"sec/op", {0.1 + 0.2, 1e-9 * 1195.3}},
        {"cpu-sec/op", {kUnmeasured, 5e-324}},
        {"B/op", {0, 1179648}},
        {"B/s", {std::numeric_limits<double>::max(), -0.0}},
        {"threads", {3, kUnmeasured}}}},
      {"name with\x01 space\t\"\\", {{"sec/op", {1}}, {"all", {kUnmeasured}}}}};
  run.warnings = {"Errs: no input file"};
  return run;
}

/// Equal in every member, values to the last bit.
inline void ExpectSame(const Run& a, const Run& b) {
  EXPECT_EQ(a.id, b.id);
  EXPECT_EQ(a.time, b.time);
  EXPECT_EQ(a.label, b.label);
  EXPECT_EQ(a.process_samples, b.process_samples);
  EXPECT_EQ(a.session, b.session);
  EXPECT_EQ(a.side, b.side);
  EXPECT_EQ(a.seed, b.seed);
  EXPECT_EQ(a.schedule, b.schedule);
  EXPECT_EQ(a.facts, b.facts);
  EXPECT_EQ(a.warnings, b.warnings);
  ASSERT_EQ(a.benchmarks.size(), b.benchmarks.size());
  for (std::size_t i = 0; i < a.benchmarks.size(); ++i) {
    const auto& x = a.benchmarks[i];
    const auto& y = b.benchmarks[i];
    EXPECT_EQ(x.name, y.name);
    ASSERT_EQ(x.measurements.size(), y.measurements.size());
    for (std::size_t k = 0; k < x.measurements.size(); ++k) {
      EXPECT_EQ(x.measurements[k].unit, y.measurements[k].unit);
      const auto& u = x.measurements[k].values;
      const auto& v = y.measurements[k].values;
      ASSERT_EQ(u.size(), v.size());
      for (std::size_t s = 0; s < u.size(); ++s) {
        EXPECT_EQ(std::bit_cast<std::uint64_t>(u[s]),
                  std::bit_cast<std::uint64_t>(v[s]))
            << u[s] << " " << v[s];
      }
    }
  }
}

}  // namespace opstat::benchfmt
