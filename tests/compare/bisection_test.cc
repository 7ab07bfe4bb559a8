#include "opstat/compare/bisection.h"

#include <gtest/gtest.h>

#include <functional>

namespace opstat::compare {
namespace {

using PlaceOf = std::function<Place(std::size_t)>;

// How many commits it takes.
int Search(Bisection& bisection, const PlaceOf& place_of) {
  int tried = 0;
  while (const auto commit = bisection.Next()) {
    EXPECT_GT(*commit, bisection.good());
    EXPECT_LT(*commit, bisection.bad());
    bisection.Record(*commit, place_of(*commit));
    ++tried;
  }
  return tried;
}

PlaceOf BadFrom(std::size_t first) {
  return [=](std::size_t commit) {
    return commit < first ? Place::kGoodSide : Place::kBadSide;
  };
}

TEST(Bisection, FindsAnyOf64InSixCommits) {
  for (std::size_t culprit = 1; culprit <= 64; ++culprit) {
    Bisection bisection(64);
    EXPECT_EQ(bisection.StepsLeft(), 6);
    EXPECT_EQ(Search(bisection, BadFrom(culprit)), 6);
    EXPECT_TRUE(bisection.Found());
    EXPECT_EQ(bisection.bad(), culprit);
  }
}

TEST(Bisection, AChildOfTheGoodCommitIsFoundAtOnce) {
  EXPECT_FALSE(Bisection(1).Next());
  EXPECT_TRUE(Bisection(1).Found());
}

TEST(Bisection, GoesAroundCommitsThatDoNotBuild) {
  for (std::size_t culprit = 1; culprit <= 64; ++culprit) {
    Bisection bisection(64);
    const int tried = Search(bisection, [&](std::size_t commit) {
      const bool near = commit + 1 == culprit || commit == culprit;
      return commit % 3 == 0 && !near ? Place::kSkipped
                                      : BadFrom(culprit)(commit);
    });
    EXPECT_TRUE(bisection.Found());
    EXPECT_EQ(bisection.bad(), culprit);
    EXPECT_LE(tried, 16);
  }
}

TEST(Bisection, LeapsOutOfALongStretchThatDoesNotBuild) {
  Bisection bisection(1024);
  const int tried = Search(bisection, [](std::size_t commit) {
    return commit >= 400 && commit < 700 ? Place::kSkipped
                                         : BadFrom(900)(commit);
  });
  EXPECT_EQ(bisection.bad(), 900u);
  EXPECT_LE(tried, 24);
}

TEST(Bisection, SaysBetweenWhichCommitsItCannotTell) {
  Bisection bisection(64);
  Search(bisection, [](std::size_t commit) {
    return commit >= 20 && commit < 25 ? Place::kSkipped : BadFrom(22)(commit);
  });
  EXPECT_FALSE(bisection.Found());
  EXPECT_EQ(bisection.good(), 19u);
  EXPECT_EQ(bisection.bad(), 25u);
}

TEST(Bisection, FindsBothBordersOfWhatLiesInBetween) {
  Bisection bisection(1024);
  const int tried = Search(bisection, [](std::size_t commit) {
    return commit < 300   ? Place::kGoodSide
           : commit < 800 ? Place::kBetween
                          : Place::kBadSide;
  });
  EXPECT_FALSE(bisection.Found());
  EXPECT_EQ(bisection.good(), 299u);
  EXPECT_EQ(bisection.bad(), 800u);
  EXPECT_LE(tried, 20);
}

TEST(Bisection, EndsWhenNoCommitCanBeTold) {
  Bisection bisection(64);
  EXPECT_EQ(Search(bisection, [](std::size_t) { return Place::kUndecided; }),
            63);
  EXPECT_EQ(bisection.good(), 0u);
  EXPECT_EQ(bisection.bad(), 64u);
}

}  // namespace
}  // namespace opstat::compare
