// The oracle itself, against cases worked by hand.

#include "engine/reference.h"

#include <gtest/gtest.h>

#include <vector>

namespace opstat::engine {
namespace {

using Values = std::vector<double>;

const Values kOneToNine = {1, 2, 3, 4, 5, 6, 7, 8, 9};

Values Reference(const Conv2dShape& shape, const Values& x, const Values& w,
                 const Values& bias = {}) {
  Values y(Lower(shape).OutputElements());
  ReferenceConv2d(shape, x.data(), w.data(),
                  bias.empty() ? nullptr : bias.data(), y.data());
  return y;
}

TEST(Reference, CorrelatesWithoutFlippingTheKernel) {
  const Conv2dShape shape{.h = 3, .w = 3, .kh = 2, .kw = 2};
  EXPECT_EQ(Reference(shape, kOneToNine, {1, 2, 3, 4}),
            (Values{37, 47, 67, 77}));
  EXPECT_EQ(Reference(shape, kOneToNine, {1, 2, 3, 4}, {0.5}),
            (Values{37.5, 47.5, 67.5, 77.5}));
}

TEST(Reference, PadsEachSideWithZeros) {
  EXPECT_EQ(
      Reference({.h = 3, .w = 1, .kh = 2, .pad_top = 1}, {1, 2, 3}, {1, 10}),
      (Values{10, 21, 32}));
  EXPECT_EQ(
      Reference({.h = 1, .w = 3, .kw = 2, .pad_right = 2}, {1, 2, 3}, {1, 10}),
      (Values{21, 32, 3, 0}));
}

TEST(Reference, SpreadsADilatedKernel) {
  EXPECT_EQ(
      Reference({.h = 3, .w = 3, .kh = 2, .kw = 2, .dil_h = 2, .dil_w = 2},
                kOneToNine, {1, 2, 3, 4}),
      (Values{64}));
}

TEST(Reference, StepsByItsStride) {
  EXPECT_EQ(Reference({.h = 3, .w = 3, .stride_h = 2, .stride_w = 2},
                      kOneToNine, {1}),
            (Values{1, 3, 7, 9}));
}

TEST(Reference, KeepsGroupsAndImagesApart) {
  // Two images of two channels of one pixel; output channel g sees channel g.
  EXPECT_EQ(Reference({.n = 2, .c_in = 2, .c_out = 2, .groups = 2},
                      {1, 10, 2, 20}, {3, 5}),
            (Values{3, 50, 6, 100}));
  EXPECT_EQ(Reference({.n = 2, .c_in = 2, .c_out = 2}, {1, 10, 2, 20},
                      {3, 5, 1, 0}, {0, 100}),
            (Values{53, 101, 106, 102}));
}

}  // namespace
}  // namespace opstat::engine
