#include "opstat/cli/scale.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace opstat::cli {
namespace {

struct Case {
  const char* unit;
  std::vector<double> values;
  std::vector<std::string> want;  // as benchstat's benchunit.CommonScale
};

void PrintTo(const Case& row, std::ostream* out) { *out << row.want.front(); }

class ScaleTest : public testing::TestWithParam<Case> {};

TEST_P(ScaleTest, PrintsAsBenchstat) {
  const Scale scale(GetParam().values, GetParam().unit);
  for (std::size_t i = 0; i < GetParam().values.size(); ++i)
    EXPECT_EQ(scale.Format(GetParam().values[i]), GetParam().want[i]);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, ScaleTest,
    testing::Values(
        Case{"sec/op", {998.3e-9, 1054.4e-9}, {"998.3n", "1054.4n"}},
        Case{"sec/op", {4.191e-6}, {"4.191µ"}},
        Case{"sec/op", {3.522, 35.84}, {"3.522", "35.840"}},
        Case{"sec/op", {0.7515e-9}, {"0.7515n"}},
        Case{"sec/op", {0.0075e-9}, {"0.007500n"}},
        Case{"B/s", {4.99011e8}, {"475.9Mi"}},
        Case{"B/op", {0, 320}, {"0.0", "320.0"}},
        Case{"B/op", {6815744, 1048576}, {"6.500Mi", "1.000Mi"}},
        Case{"B/op", {1020}, {"1020.0"}},
        Case{"allocs/op", {12, 1}, {"12.000", "1.000"}},
        Case{"allocs/op", {0, 0}, {"0.000", "0.000"}},
        Case{"sec/op", {99.995e-3}, {"100.0m"}},
        Case{"sec/op", {99.994e-3}, {"99.99m"}},
        Case{"sec/op", {0.99995e-3}, {"1.000m"}},
        Case{"sec/op", {0.99994e-3}, {"999.9µ"}}));

TEST(Scale, PassesOverWhatIsNoNumber) {
  EXPECT_EQ(Scale(std::vector<double>{NAN, 2e-3}, "sec/op").Format(2e-3),
            "2.000m");
}

}  // namespace
}  // namespace opstat::cli
