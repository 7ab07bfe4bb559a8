// ThreadSanitizer does not report every allocation, which makes it the program
// where the self-check has something to find.
#include <gtest/gtest.h>

#include <optional>

#include "tests/harness/report.h"

namespace opstat::harness {
namespace {

TEST(SelfCheck, LeavesOutCountsThatWouldBeTooSmall) {
  const Report report =
      RunBenchmarks(ALLOC_CASES
                    " --benchmark_format=json --benchmark_min_time=0.001"
                    " '--benchmark_filter=^(Malloc|OnThreads.*)$'");
  ASSERT_EQ(report.context.count("opstat.alloc"), 1U);
  EXPECT_EQ(report.context.at("opstat.alloc").find("unmeasured: "), 0U);
  ASSERT_EQ(report.rows.size(), 2U);
  for (const ReportRow& row : report.rows) {
    for (const char* counter :
         {"allocs/op", "B/op", "frees/op", "one-time-allocs", "one-time-B"}) {
      EXPECT_EQ(row.Number(counter), std::nullopt) << counter;
    }
    EXPECT_NE(row.Number("faults/op"), std::nullopt);
  }
}

}  // namespace
}  // namespace opstat::harness
