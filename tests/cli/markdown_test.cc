#include "opstat/cli/markdown.h"

#include <gtest/gtest.h>

namespace opstat::cli {
namespace {

struct Case {
  const char* text;
  const char* code;
  const char* running;
};
void PrintTo(const Case& text, std::ostream* out) { *out << text.code; }
class MarkdownTest : public testing::TestWithParam<Case> {};

TEST_P(MarkdownTest, IsInertAsCodeAndAsText) {
  EXPECT_EQ(MarkdownCode(GetParam().text), GetParam().code);
  EXPECT_EQ(MarkdownText(GetParam().text), GetParam().running);
}

INSTANTIATE_TEST_SUITE_P(
    Hostile, MarkdownTest,
    testing::Values(
        Case{"", "", ""}, Case{"Conv/k:3 µ", "`Conv/k:3 µ`", "Conv/k:3 µ"},
        Case{"BM_x", "`BM_x`", "BM\\_x"},
        Case{"a|b", "<code>a&#124;b</code>", "a\\|b"},
        Case{"a\\|b", "<code>a&#92;&#124;b</code>", "a\\\\\\|b"},
        Case{"`rm`", "<code>&#96;rm&#96;</code>", "\\`rm\\`"},
        Case{"<b>&lt;", "`<b>&lt;`", "\\<b>\\&lt;"},
        Case{"@team #1", "`@team #1`", "\\@\u200bteam \\#\u200b1"},
        Case{"[x](y)", "`[x](y)`", "\\[x\\](y)"},
        // What cannot be seen is spelled, and the backslash is code then.
        Case{"a\nb", "<code>a&#92;x0ab</code>", "a\\\\x0ab"},
        Case{"\x1b[2J", "<code>&#92;x1b&#91;2J</code>", "\\\\x1b\\[2J"}));

}  // namespace
}  // namespace opstat::cli
