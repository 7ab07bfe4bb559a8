#include <gtest/gtest.h>

#include <map>

#include "opstat/compare/search.h"

namespace opstat::compare {
namespace {

using Outcome = SearchResult::Outcome;

// 64 commits; the count of each, and how often it was asked for.
class Counts {
 public:
  explicit Counts(std::function<double(std::size_t)> of) : of_(std::move(of)) {}

  SearchResult Find() {
    return FindExact(64, [this](std::size_t commit) {
      ++asked[commit];
      const double value = of_(commit);
      return value < 0 ? Counted{std::nullopt, "does not build"}
                       : Counted{ExactSide{.min = value, .max = value}, {}};
    });
  }

  std::map<std::size_t, int> asked;

 private:
  std::function<double(std::size_t)> of_;
};

TEST(ExactSearch, NamesTheCommitThatAllocatesMore) {
  Counts counts([](std::size_t commit) { return commit < 41 ? 3 : 4; });
  const SearchResult result = counts.Find();
  EXPECT_EQ(result.outcome, Outcome::kFound);
  EXPECT_EQ(result.bad, 41u);
  EXPECT_EQ(result.parent->max, 3);
  EXPECT_EQ(result.culprit->min, 4);
}

TEST(ExactSearch, RunsEachCommitOnceAndCulpritAndParentTwice) {
  Counts counts([](std::size_t commit) { return commit < 41 ? 3 : 4; });
  counts.Find();
  EXPECT_EQ(counts.asked.size(), 8u);  // both ends and six more
  for (const auto& [commit, times] : counts.asked)
    EXPECT_EQ(times, commit == 40 || commit == 41 ? 2 : 1) << commit;
}

TEST(ExactSearch, EqualEndsAreNoDifference) {
  Counts counts([](std::size_t) { return 3; });
  EXPECT_EQ(counts.Find().outcome, Outcome::kNoDifference);
  EXPECT_EQ(counts.asked.size(), 2u);
}

TEST(ExactSearch, FindsAFirstAllocationToo) {
  Counts counts([](std::size_t commit) { return commit < 7 ? 0 : 1; });
  EXPECT_EQ(counts.Find().bad, 7u);
}

TEST(ExactSearch, FindsAnImprovementToo) {
  Counts counts([](std::size_t commit) { return commit < 7 ? 5 : 1; });
  EXPECT_EQ(counts.Find().bad, 7u);
}

TEST(ExactSearch, OfSeveralStepsNamesTheOneThatCrossesTheMiddle) {
  Counts counts([](std::size_t commit) {
    return commit < 10 ? 3 : commit < 50 ? 4 : 9;
  });
  const SearchResult result = counts.Find();
  EXPECT_EQ(result.outcome, Outcome::kFound);
  EXPECT_EQ(result.bad, 50u);
}

TEST(ExactSearch, CommitsThatDoNotBuildAreSkippedAndSaid) {
  Counts counts([](std::size_t commit) {
    return commit == 32 || commit == 33 ? -1 : commit < 41 ? 3 : 4;
  });
  const SearchResult result = counts.Find();
  EXPECT_EQ(result.outcome, Outcome::kFound);
  EXPECT_EQ(result.bad, 41u);
  EXPECT_EQ(result.steps[0].place, Place::kSkipped);
  EXPECT_EQ(result.steps[0].why, "does not build");
}

TEST(ExactSearch, ACulpritAmongCommitsThatDoNotBuildIsUndecided) {
  Counts counts([](std::size_t commit) {
    return commit >= 30 && commit < 35 ? -1 : commit < 32 ? 3 : 4;
  });
  const SearchResult result = counts.Find();
  EXPECT_EQ(result.outcome, Outcome::kUndecided);
  EXPECT_EQ(result.good, 29u);
  EXPECT_EQ(result.bad, 35u);
}

TEST(ExactSearch, CountsThatChangeFromProcessToProcessProveNothing) {
  int call = 0;
  Counts counts([&](std::size_t commit) {
    return commit < 41 ? 3 : 4 - (++call > 4 ? 1 : 0);
  });
  const SearchResult result = counts.Find();
  EXPECT_NE(result.outcome, Outcome::kFound);
}

}  // namespace
}  // namespace opstat::compare
