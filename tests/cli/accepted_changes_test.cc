#include "opstat/cli/accepted_changes.h"

#include <gtest/gtest.h>

#include "opstat/benchfmt/error.h"

namespace opstat::cli {
namespace {

std::string Refusal(const std::string& toml) {
  try {
    ParseAcceptances(toml, "opstat.toml");
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), Failure::kUsage);
    return error.what();
  }
  ADD_FAILURE() << "accepted";
  return "";
}

TEST(AcceptedChanges, HavePatternReasonAndLastDay) {
  const auto accepted = ParseAcceptances(
      "rounds = 3\n"
      "[[accept]]\nbenchmark = '^BM_Parse'\nreason = 'larger buffer'\n"
      "until = 2026-12-01\nunit = 'ns/op'\ncommit = '1a2b3c4'\n"
      "[[accept]]\nbenchmark = '.'\nreason = 'x'\nuntil = 2027-01-31\n",
      "opstat.toml");
  ASSERT_EQ(accepted.size(), 2u);
  EXPECT_EQ(accepted[0].unit, "sec/op");
  EXPECT_EQ(accepted[0].commit, "1a2b3c4");
  EXPECT_EQ(accepted[0].reason, "larger buffer");
  EXPECT_EQ(accepted[0].until, "2026-12-01");
  EXPECT_EQ(accepted[0].origin, "opstat.toml:2");
  EXPECT_EQ(accepted[1].unit, "");
  EXPECT_TRUE(ParseAcceptances("", "opstat.toml").empty());
}

TEST(AcceptedChanges, AreRefusedWithFileLineAndColumn) {
  const std::string begin = "[[accept]]\nbenchmark = 'x'\n";
  EXPECT_EQ(Refusal(begin + "reasons = 'x'\n"),
            "opstat.toml:3:1: an accepted change has no key 'reasons'");
  EXPECT_EQ(Refusal(begin + "reason = 'x'\n"),
            "opstat.toml:1:1: an accepted change needs 'until'");
  EXPECT_EQ(Refusal(begin + "until = 'tomorrow'\n"),
            "opstat.toml:3:9: until takes a date");
  EXPECT_EQ(Refusal(begin + "reason = ''\n"),
            "opstat.toml:3:10: reason is empty");
  EXPECT_EQ(Refusal(begin + "commit = 'main'\n"),
            "opstat.toml:3:10: commit takes the 7 or more first hex digits of "
            "a hash, not 'main'");
  EXPECT_EQ(Refusal("[[accept]]\nbenchmark = '('\n").substr(0, 17),
            "opstat.toml:2:13:");
  EXPECT_EQ(Refusal("accept = 1\n"),
            "opstat.toml:1:10: accepted changes are tables: [[accept]]");
}

TEST(Today, IsADate) {
  const std::string today = Today();
  EXPECT_EQ(today.size(), 10u);
  EXPECT_GT(today, "2026-");
  EXPECT_EQ(today[7], '-');
}

}  // namespace
}  // namespace opstat::cli
