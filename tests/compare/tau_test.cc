#include "opstat/compare/tau.h"

#include <gtest/gtest.h>

#include "tests/compare/runs.h"

namespace opstat::compare {
namespace {

TEST(Tau, IsTheDefaultBelowTenComparisons) {
  const Tau tau = TauFromHistory(Values(9, 0.5));
  EXPECT_EQ(tau.value, 0.01);
  EXPECT_EQ(tau.origin, "default");
}

TEST(Tau, IsAtLeastOnePercent) {
  EXPECT_EQ(TauFromHistory(Values(10, 0.001)).value, 0.01);
}

TEST(Tau, IsTheUpperQuartileAndThreeRanges) {
  // numpy.percentile([1 .. 10], [25, 75]) = 3.25, 7.75
  const Tau tau = TauFromHistory(
      Values{-.01, .02, -.03, .04, .05, .06, .07, .08, -.09, .10});
  EXPECT_NEAR(tau.value, 0.0775 + 3 * 0.045, 1e-12);
  EXPECT_EQ(tau.origin, "10 A/A comparisons");
}

}  // namespace
}  // namespace opstat::compare
