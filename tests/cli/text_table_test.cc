#include "opstat/cli/text_table.h"

#include <gtest/gtest.h>

namespace opstat::cli {
namespace {

TEST(TextTable, AlignsByCodePointsNotBytes) {
  TextTable table;
  table.NextRow();
  table.Put(0, {.text = "µs ± 1", .margin = ""});
  table.Put(1, {.text = "a"});
  table.NextRow();
  table.Put(0, {.text = "plain", .margin = ""});
  table.Put(1, {.text = "b"});
  EXPECT_EQ(table.Format(), "µs ± 1 a\nplain  b\n");
}

TEST(TextTable, RightAlignsAndLeavesNoTrailingBlanks) {
  TextTable table;
  table.NextRow();
  table.Put(0, {.text = "1.5", .align = Align::kRight, .margin = ""});
  table.Put(1, {.text = "long note"});
  table.NextRow();
  table.Put(0, {.text = "100.25", .align = Align::kRight, .margin = ""});
  table.Put(1, {.text = ""});
  EXPECT_EQ(table.Format(), "   1.5 long note\n100.25\n");
}

TEST(TextTable, AHeadingWidensTheLastColumnItSpans) {
  TextTable table;
  table.NextRow();
  table.Put(0, {.text = "a wide heading", .margin = "", .span = 2});
  table.Put(2, {.text = "|", .margin = ""});
  table.NextRow();
  table.Put(0, {.text = "x", .margin = ""});
  table.Put(1, {.text = "y"});
  table.Put(2, {.text = "|", .margin = ""});
  EXPECT_EQ(table.Format(), "a wide heading|\nx y           |\n");
}

TEST(TextTable, StyleTakesNoWidth) {
  TextTable table;
  table.NextRow();
  table.Put(0, {.text = "red", .margin = "", .style = "\x1b[31m"});
  table.Put(1, {.text = "x"});
  EXPECT_EQ(table.Format(), "\x1b[31mred\x1b[0m x\n");
}

}  // namespace
}  // namespace opstat::cli
