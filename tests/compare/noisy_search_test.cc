// The search on simulated commits. OPSTAT_BISECTIONS sets how many.
#include <gtest/gtest.h>

#include <cstdlib>

#include "opstat/benchfmt/error.h"
#include "tests/compare/simulated_commits.h"

namespace opstat::compare {
namespace {

using Outcome = SearchResult::Outcome;
using TimeOf = std::function<double(std::size_t)>;

constexpr double kSpread = 0.02;

unsigned Bisections() {
  const char* given = std::getenv("OPSTAT_BISECTIONS");
  return given ? unsigned(std::atoi(given)) : 200;
}

struct Tally {
  int named = 0, wrong = 0, undecided = 0, no_difference = 0;
  std::size_t processes = 0;
};

// `history` gives the times of a bisection's commits; `is_right` says whether
// the commit that was named is one that changed them.
Tally Simulate(const std::function<TimeOf(unsigned)>& history,
               const std::function<bool(unsigned, std::size_t)>& is_right) {
  Tally tally;
  for (unsigned seed = 1; seed <= Bisections(); ++seed) {
    SimulatedCommits commits(seed, kSpread, history(seed));
    const SearchResult result = commits.Find();
    const bool found = result.outcome == Outcome::kFound;
    const bool right = found && is_right(seed, result.bad);
    tally.named += right;
    tally.wrong += found && !right;
    tally.undecided += result.outcome == Outcome::kUndecided;
    tally.no_difference += result.outcome == Outcome::kNoDifference;
    tally.processes += commits.processes;
  }
  testing::Test::RecordProperty("named", tally.named);
  testing::Test::RecordProperty("wrong", tally.wrong);
  testing::Test::RecordProperty("undecided", tally.undecided);
  testing::Test::RecordProperty("no_difference", tally.no_difference);
  testing::Test::RecordProperty("processes_each",
                                int(tally.processes / Bisections()));
  return tally;
}

std::size_t CulpritOf(unsigned seed) {
  return 1 + seed * 37 % SimulatedCommits::kLast;
}

double Percent(int count) { return 100.0 * count / Bisections(); }

TEST(NoisySearch, RefusesAUnitOfOneValueASession) {
  std::size_t looks = 0;
  const MeasureInTurns once = [&](auto, std::size_t) {
    ++looks;
    return Measured{{{408}, {1208}}};
  };
  EXPECT_THROW(FindNoisy(4, once, {}), Error);
  EXPECT_EQ(looks, 1U);
}

TEST(NoisySearch, NamesTheCommitThatIsFivePercentSlower) {
  const Tally tally = Simulate(
      [](unsigned seed) -> TimeOf {
        return [=](auto commit) {
          return commit < CulpritOf(seed) ? 1e-6 : 1.05e-6;
        };
      },
      [](unsigned seed, auto bad) { return bad == CulpritOf(seed); });
  EXPECT_GE(Percent(tally.named), 90);
  EXPECT_LE(Percent(tally.wrong), 2);
}

TEST(NoisySearch, SaysThatEqualEndsDoNotDiffer) {
  const Tally tally =
      Simulate([](unsigned) -> TimeOf { return [](auto) { return 1e-6; }; },
               [](unsigned, auto) { return false; });
  EXPECT_GE(Percent(tally.no_difference), 98);
  EXPECT_LE(Percent(tally.wrong), 0.5);
}

// Two commits, each half of the change.
TEST(NoisySearch, OfTwoStepsNamesOneOrTheRangeOfBoth) {
  const auto first = [](unsigned seed) { return CulpritOf(seed) / 2 + 1; };
  const auto second = [&](unsigned seed) { return first(seed) + 24; };
  const Tally tally = Simulate(
      [&](unsigned seed) -> TimeOf {
        return [one = first(seed), two = second(seed)](auto commit) {
          return commit < one ? 1e-6 : commit < two ? 1.03e-6 : 1.06e-6;
        };
      },
      [&](unsigned seed, auto bad) {
        return bad == first(seed) || bad == second(seed);
      });
  EXPECT_LE(Percent(tally.wrong), 2);
  EXPECT_EQ(tally.no_difference, 0);
}

TEST(NoisySearch, OfALargeStepAmongSmallOnesNamesTheLarge) {
  const Tally tally = Simulate(
      [](unsigned seed) -> TimeOf {
        return [=](auto commit) {  // 1% in all before and after
          return (commit < CulpritOf(seed) ? 1e-6 : 1.06e-6) *
                 (1 + 0.01 * double(commit) / SimulatedCommits::kLast);
        };
      },
      [](unsigned seed, auto bad) { return bad == CulpritOf(seed); });
  EXPECT_GE(Percent(tally.named), 90);
  EXPECT_LE(Percent(tally.wrong), 2);
}

TEST(NoisySearch, GoesAroundEveryFourthCommitThatDoesNotBuild) {
  const auto culprit = [](unsigned seed) { return seed * 4 % 60 + 2; };
  const Tally tally = Simulate(
      [&](unsigned seed) -> TimeOf {
        return [first = culprit(seed)](auto commit) {
          return commit % 4 == 3 ? 0 : commit < first ? 1e-6 : 1.05e-6;
        };
      },
      [&](unsigned seed, auto bad) { return bad == culprit(seed); });
  EXPECT_GE(Percent(tally.named), 90);
  EXPECT_LE(Percent(tally.wrong), 2);
}

TEST(NoisySearch, FindsAnImprovementToo) {
  SimulatedCommits commits(
      1, kSpread, [](auto commit) { return commit < 20 ? 1.1e-6 : 1e-6; });
  const SearchResult result = commits.Find();
  EXPECT_EQ(result.outcome, Outcome::kFound);
  EXPECT_EQ(result.bad, 20u);
  EXPECT_LT(result.confirmation->ratio.high, 1);
}

TEST(NoisySearch, ConfirmsTheCulpritWithFreshSamplesOfAFixedNumber) {
  SimulatedCommits commits(
      1, kSpread, [](auto commit) { return commit < 20 ? 1e-6 : 1.1e-6; });
  const SearchResult result = commits.Find({.rounds = 6});
  EXPECT_EQ(result.confirmation->n, 24u);
}

}  // namespace
}  // namespace opstat::compare
