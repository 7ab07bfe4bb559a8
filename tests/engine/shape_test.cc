#include "engine/shape.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace opstat::engine {
namespace {

constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();

/// What the refusal of `shape` says; empty when it is accepted.
std::string Refusal(const Conv2dShape& shape) {
  try {
    Lower(shape);
    return {};
  } catch (const ShapeError& e) {
    return e.what();
  }
}

TEST(Shape, OutputFollowsTheFormulaOfOnnx) {
  EXPECT_EQ(OutputShape({.n = 2,
                         .c_in = 3,
                         .h = 224,
                         .w = 224,
                         .c_out = 64,
                         .kh = 7,
                         .kw = 7,
                         .pad_top = 3,
                         .pad_left = 3,
                         .pad_bottom = 3,
                         .pad_right = 3,
                         .stride_h = 2,
                         .stride_w = 2}),
            (std::array<std::int64_t, 4>{2, 64, 112, 112}));
  EXPECT_EQ(OutputShape({.h = 10,
                         .w = 10,
                         .kh = 3,
                         .kw = 2,
                         .pad_top = 1,
                         .pad_right = 4,
                         .stride_w = 3,
                         .dil_h = 2,
                         .dil_w = 5}),
            (std::array<std::int64_t, 4>{1, 1, 7, 3}));
}

TEST(Shape, LowersToOneProductAGroup) {
  const LoweredShape l = Lower({.n = 2,
                                .c_in = 6,
                                .h = 8,
                                .w = 7,
                                .c_out = 9,
                                .kh = 3,
                                .kw = 3,
                                .groups = 3});
  EXPECT_EQ(l.m, 3U);
  EXPECT_EQ(l.k, 18U);
  EXPECT_EQ(l.n, 60U);
  EXPECT_EQ(l.ColumnElements(), 3U * 18 * 60);
  EXPECT_EQ(l.OutputElements(), 9U * 60);
}

TEST(Shape, RefusesEverySizeBelowOneByName) {
  const std::pair<const char*, std::int64_t Conv2dShape::*> sizes[] = {
      {"n", &Conv2dShape::n},
      {"c_in", &Conv2dShape::c_in},
      {"h", &Conv2dShape::h},
      {"w", &Conv2dShape::w},
      {"c_out", &Conv2dShape::c_out},
      {"kh", &Conv2dShape::kh},
      {"kw", &Conv2dShape::kw},
      {"stride_h", &Conv2dShape::stride_h},
      {"stride_w", &Conv2dShape::stride_w},
      {"dil_h", &Conv2dShape::dil_h},
      {"dil_w", &Conv2dShape::dil_w},
      {"groups", &Conv2dShape::groups}};
  for (const auto& [name, member] : sizes) {
    for (const std::int64_t value :
         {std::int64_t{0}, std::int64_t{-3}, -kMax}) {
      Conv2dShape shape;
      shape.*member = value;
      EXPECT_EQ(Refusal(shape), std::string(name) + " = " +
                                    std::to_string(value) +
                                    ": must be at least 1");
    }
  }
}

TEST(Shape, RefusesEveryNegativePadByName) {
  EXPECT_EQ(Refusal({.pad_top = -1}), "pad_top = -1: must not be negative");
  EXPECT_EQ(Refusal({.pad_left = -2}), "pad_left = -2: must not be negative");
  EXPECT_EQ(Refusal({.pad_bottom = -3}),
            "pad_bottom = -3: must not be negative");
  EXPECT_EQ(Refusal({.pad_right = -4}), "pad_right = -4: must not be negative");
}

TEST(Shape, RefusesGroupsThatDoNotDivide) {
  EXPECT_EQ(Refusal({.c_in = 8, .c_out = 6, .groups = 3}),
            "groups = 3 does not divide c_in = 8");
  EXPECT_EQ(Refusal({.c_in = 6, .c_out = 8, .groups = 3}),
            "groups = 3 does not divide c_out = 8");
}

TEST(Shape, RefusesAKernelLargerThanThePaddedInput) {
  EXPECT_EQ(Refusal({.h = 4, .w = 9, .kh = 3, .pad_top = 1, .dil_h = 3}),
            "kernel height 3 with dilation 3 is larger than the padded input "
            "height 5");
  EXPECT_EQ(Refusal({.h = 1, .w = 3, .kw = 4}),
            "kernel width 4 with dilation 1 is larger than the padded input "
            "width 3");
  EXPECT_EQ(Refusal({.h = 1, .w = 3, .kw = 4, .pad_right = 1}), "");
}

TEST(Shape, RefusesWhatOverflows) {
  EXPECT_NE(Refusal({.h = kMax, .pad_top = 1}), "");
  EXPECT_NE(Refusal({.h = 1, .pad_top = kMax, .pad_bottom = kMax}), "");
  EXPECT_NE(Refusal({.kh = kMax, .dil_h = kMax}), "");
  EXPECT_NE(Refusal({.n = kMax, .c_in = kMax}), "");
  EXPECT_EQ(Refusal({.n = std::int64_t{1} << 40, .h = std::int64_t{1} << 20}),
            "input of 1099511627776*1*1048576*1 elements: its bytes overflow "
            "int64");
  // Each tensor fits, the matrix of columns does not.
  const std::int64_t side = std::int64_t{1} << 18;
  EXPECT_NE(Refusal({.h = side, .w = side, .kh = side / 2, .kw = side / 2})
                .find("column matrix"),
            std::string::npos);
}

}  // namespace
}  // namespace opstat::engine
