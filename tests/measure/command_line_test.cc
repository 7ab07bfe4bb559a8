#include "opstat/measure/command_line.h"

#include <gtest/gtest.h>

#include <random>

#include "opstat/benchfmt/error.h"
#include "opstat/measure/child.h"

namespace opstat::measure {
namespace {

using Words = std::vector<std::string>;

TEST(SplitCommand, QuotesAndBackslashesGroup) {
  EXPECT_EQ(SplitCommand(R"(  ./a  'b c'"d e"\ f '' "\"\\\x" '\')"),
            (Words{"./a", "b cd e f", "", R"("\\x)", "\\"}));
}

TEST(SplitCommand, ExpandsNothing) {
  EXPECT_EQ(SplitCommand("a $HOME `id` $(id) *; b >c"),
            (Words{"a", "$HOME", "`id`", "$(id)", "*;", "b", ">c"}));
}

TEST(SplitCommand, RefusesWhatDoesNotEndAndWhatIsEmpty) {
  for (const char* bad : {"a 'b", "a \"b", "a\\", "", " \t"})
    EXPECT_THROW(SplitCommand(bad), Error) << bad;
}

TEST(SplitCommand, AgreesWithTheShellOnRandomQuoting) {
  constexpr std::string_view kAlphabet = "ab  '\"\\\\\t";
  std::mt19937 random(1);
  std::string script;
  std::vector<Words> expected;
  while (expected.size() < 300) {
    std::string text = "x";
    for (auto length = random() % 12; length > 0; --length)
      text += kAlphabet[random() % kAlphabet.size()];
    try {
      expected.push_back(SplitCommand(text));
      script += "printf '<%s>' " + text + "; echo\n";
    } catch (const Error&) {  // the shell would want more input
    }
  }
  std::string mine;
  for (const Words& words : expected) {
    for (const std::string& word : words) mine += "<" + word + ">";
    mine += '\n';
  }
  EXPECT_EQ(RunChild({.argv = {"sh", "-c", script}}).out, mine);
}

TEST(FillFolders, ReplacesEveryPlaceholderAndNothingElse) {
  EXPECT_EQ(FillFolders("{build}/b {source} {build} {other}", "/s", "/{build}"),
            "/{build}/b /s /{build} {other}");
}

}  // namespace
}  // namespace opstat::measure
