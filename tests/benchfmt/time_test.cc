#include "opstat/benchfmt/time.h"

#include <gtest/gtest.h>

namespace opstat::benchfmt {
namespace {

// The answers are those of `date -d TEXT +%s`, TZ=UTC.
TEST(UnixSeconds, ReadsDatesClocksAndZones) {
  const struct {
    const char* text;
    std::int64_t seconds;
  } cases[] = {
      {"1970-01-01", 0},
      {"2026-11-23", 1795392000},
      {"2026-11-23T10:20:30Z", 1795429230},
      {"2026-11-23T10:20:30+02:00", 1795422030},
      {"2026-11-23T10:20:30-0130", 1795434630},
      {"2026-11-23 10:20", 1795429200},
      {"2026-11-23T10:20:30.75Z", 1795429230},
      {"2024-02-29T23:59:59+14:00", 1709200799},
      {"1969-12-31T23:59:59Z", -1},
  };
  for (const auto& [text, seconds] : cases)
    EXPECT_EQ(seconds, UnixSeconds(text)) << text;
}

// `date -u -d @SECONDS +%FT%TZ`
TEST(UtcText, IsOneFormatThatReadsBack) {
  EXPECT_EQ("2026-11-23T10:20:30Z", UtcText(1795429230));
  EXPECT_EQ("1969-12-31T23:59:59Z", UtcText(-1));
  EXPECT_EQ(1709200799, UnixSeconds(UtcText(1709200799)));
}

TEST(UnixSeconds, RefusesWhatIsNoTime) {
  for (const char* text :
       {"", "yesterday", "2026", "2026-13-01", "2026-02-30", "2026-11-23T",
        "2026-11-23T25:00", "2026-11-23Z", "2026-11-23T10:20:30X",
        "2026-11-23T10:20:30+2", " 2026-11-23", "2026-1-2", "-026-11-23"})
    EXPECT_EQ(std::nullopt, UnixSeconds(text)) << text;
}

}  // namespace
}  // namespace opstat::benchfmt
