#include "engine/im2col.h"

#include <gtest/gtest.h>

#include <vector>

namespace opstat::engine {
namespace {

using Values = std::vector<float>;

/// The columns, written over poison.
Values Columns(const Conv2dShape& shape, const Values& x) {
  const LoweredShape lowered = Lower(shape);
  Values columns(lowered.ColumnElements(), -123456.0F);
  Im2Col(shape, lowered, x.data(), columns.data());
  return columns;
}

TEST(Im2Col, GivesEachTapARowOverAllPixels) {
  EXPECT_EQ(Columns({.h = 2, .w = 3, .kh = 2, .kw = 2}, {1, 2, 3, 4, 5, 6}),
            (Values{1, 2, 2, 3, 4, 5, 5, 6}));
}

TEST(Im2Col, WritesZerosForPadding) {
  EXPECT_EQ(
      Columns({.h = 1, .w = 2, .kw = 2, .pad_top = 1, .pad_left = 1}, {1, 2}),
      (Values{0, 0, 0, 1, 0, 0, 1, 2}));
  // The tap never meets the input.
  EXPECT_EQ(Columns({.h = 1, .w = 1, .pad_left = 1, .stride_w = 9}, {7}),
            (Values{0}));
}

TEST(Im2Col, SkipsByStrideAndDilation) {
  EXPECT_EQ(Columns({.h = 1, .w = 7, .kw = 2, .stride_w = 2, .dil_w = 3},
                    {0, 1, 2, 3, 4, 5, 6}),
            (Values{0, 2, 3, 5}));
  EXPECT_EQ(Columns({.h = 1, .w = 7, .stride_w = 3}, {0, 1, 2, 3, 4, 5, 6}),
            (Values{0, 3, 6}));
}

TEST(Im2Col, PutsTheImagesOfABatchSideBySide) {
  EXPECT_EQ(Columns({.n = 2, .c_in = 2, .w = 2}, {1, 2, 3, 4, 5, 6, 7, 8}),
            (Values{1, 2, 5, 6, 3, 4, 7, 8}));
}

}  // namespace
}  // namespace opstat::engine
