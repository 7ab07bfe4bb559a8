#include "opstat/cli/terminal.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>

namespace opstat::cli {
namespace {

TEST(EscapeForTerminal, KeepsText) {
  EXPECT_EQ(EscapeForTerminal("Conv/k:3 µ ∞ 卷积 ▲"), "Conv/k:3 µ ∞ 卷积 ▲");
}

struct Case {
  const char* hostile;
  const char* want;
};
void PrintTo(const Case& text, std::ostream* out) { *out << text.want; }
class EscapeForTerminalTest : public testing::TestWithParam<Case> {};

TEST_P(EscapeForTerminalTest, MakesItVisible) {
  EXPECT_EQ(EscapeForTerminal(GetParam().hostile), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Hostile, EscapeForTerminalTest,
    testing::Values(Case{"\x1b[2J", "\\x1b[2J"},
                    Case{"a\rb\tc", "a\\x0db\\x09c"}, Case{"\x7f", "\\x7f"},
                    Case{"\xc2\x9b"
                         "31m",
                         "\\u{009b}31m"},  // C1 CSI
                    Case{"\xe2\x80\xae"
                         "abc",
                         "\\u{202e}abc"},  // RTL override
                    Case{"\xff\xfe", "\\xff\\xfe"},
                    Case{"\xc0\xaf", "\\xc0\\xaf"},           // overlong
                    Case{"\xed\xa0\x80", "\\xed\\xa0\\x80"},  // surrogate
                    Case{"cut \xe2\x82", "cut \\xe2\\x82"}));

TEST(UseColor, FlagBeatsEnvironmentBeatsTerminal) {
  std::ostringstream nowhere;
  const Streams pipe{nowhere, nowhere};
  const Streams terminal{nowhere, nowhere, true, true};
  const Command& list = *FindCommand("list");
  const Arguments automatic(list, {});
  setenv("TERM", "xterm", 1);
  EXPECT_FALSE(UseColor(automatic, pipe));
  EXPECT_TRUE(UseColor(automatic, terminal));
  setenv("FORCE_COLOR", "1", 1);
  EXPECT_TRUE(UseColor(automatic, pipe));
  setenv("NO_COLOR", "1", 1);
  EXPECT_FALSE(UseColor(automatic, terminal));
  EXPECT_TRUE(UseColor(Arguments(list, {"--color=always"}), pipe));
  unsetenv("NO_COLOR");
  unsetenv("FORCE_COLOR");
  EXPECT_FALSE(UseColor(Arguments(list, {"--color=never"}), terminal));
}

}  // namespace
}  // namespace opstat::cli
