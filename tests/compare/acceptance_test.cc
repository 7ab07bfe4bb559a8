#include "opstat/compare/acceptance.h"

#include <gtest/gtest.h>

namespace opstat::compare {
namespace {

using Texts = std::vector<std::string>;

Acceptance Accepted(const std::string& benchmark, const std::string& unit,
                    const std::string& commit) {
  return {.benchmarks = Filter::ByName(benchmark, "benchmark"),
          .unit = unit,
          .commit = commit,
          .reason = "larger buffer",
          .until = "2026-12-31",
          .origin = "opstat.toml:3"};
}

bool Matches(const Acceptance& acceptance, const ChangeSeen& change,
             std::string_view today = "2026-11-26") {
  return FindAcceptance({&acceptance, 1}, change, today) != nullptr;
}

const Texts kCommits = {"1a2b3c4d5e", "ffffffffff"};
const ChangeSeen kChange = {"BM_Parse/8", "B/op", kCommits};

TEST(Acceptance, MatchesByPatternUnitAndBeginningOfTheHash) {
  EXPECT_TRUE(Matches(Accepted("^BM_Parse", "B/op", "1a2b3c4"), kChange));
  EXPECT_TRUE(Matches(Accepted("Parse", "B/op", "fffffff"), kChange));
  EXPECT_FALSE(Matches(Accepted("^Parse", "B/op", "1a2b3c4"), kChange));
  EXPECT_FALSE(Matches(Accepted("Parse", "allocs/op", "1a2b3c4"), kChange));
  EXPECT_FALSE(Matches(Accepted("Parse", "B/op", "1a2b3c5"), kChange));
}

TEST(Acceptance, WithoutUnitOrCommitMatchesAny) {
  EXPECT_TRUE(Matches(Accepted("Parse", "", ""), kChange));
}

TEST(Acceptance, OfACommitMatchesNoChangeOfUnknownCommits) {
  const ChangeSeen unknown = {"BM_Parse/8", "B/op", {}};
  EXPECT_FALSE(Matches(Accepted("Parse", "", "1a2b3c4"), unknown));
  EXPECT_TRUE(Matches(Accepted("Parse", "", ""), unknown));
}

TEST(Acceptance, HoldsOnItsLastDayAndNotOnTheNext) {
  const Acceptance acceptance = Accepted("Parse", "", "");
  EXPECT_TRUE(Matches(acceptance, kChange, "2026-12-31"));
  EXPECT_FALSE(Matches(acceptance, kChange, "2027-01-01"));
}

TEST(IdleAcceptances, NamesWhatExpiredAndWhatAcceptsNothing) {
  const std::vector<Acceptance> all = {Accepted("A", "", ""),
                                       Accepted("B", "", "")};
  const std::vector<const Acceptance*> used = {&all[1]};
  EXPECT_EQ(IdleAcceptances(all, used, "2026-11-26"),
            Texts{"opstat.toml:3: accepts nothing that changed (larger "
                  "buffer)"});
  EXPECT_EQ(IdleAcceptances(all, used, "2027-01-01"),
            Texts(2, "opstat.toml:3: expired on 2026-12-31 (larger buffer)"));
}

}  // namespace
}  // namespace opstat::compare
