#include "opstat/cli/arguments.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>

#include "opstat/benchfmt/error.h"

namespace opstat::cli {
namespace {

const Command& RunVerb() { return *FindCommand("run"); }

std::string Refusal(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), Failure::kUsage);
    return std::string(error.what()) + " / " + error.hint();
  }
  ADD_FAILURE() << "no error";
  return "";
}

bool Contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Arguments, EverythingAfterTheDashesIsTheProgram) {
  const Arguments arguments(
      RunVerb(), {"--rounds", "4", "--", "./b", "--rounds", "9", "--", "x"});
  EXPECT_EQ(arguments.Integer("rounds", 1, 100), 4);
  EXPECT_EQ(arguments.tail(),
            (std::vector<std::string>{"./b", "--rounds", "9", "--", "x"}));
}

TEST(Arguments, OptionBeatsEnvironmentBeatsDefault) {
  EXPECT_EQ(Arguments(RunVerb(), {}).Text("min-time"), "0.1");
  setenv("OPSTAT_MIN_TIME", "0.7", 1);
  EXPECT_EQ(Arguments(RunVerb(), {}).Text("min-time"), "0.7");
  EXPECT_EQ(Arguments(RunVerb(), {"--min-time=3"}).Text("min-time"), "3");
  unsetenv("OPSTAT_MIN_TIME");
}

TEST(Arguments, UnknownOptionNamesTheNearest) {
  const std::string said = Refusal([] {
    Arguments(RunVerb(), {"--round", "3"});
  });
  EXPECT_TRUE(Contains(said, "--round'")) << said;
  EXPECT_TRUE(Contains(said, "did you mean --rounds?")) << said;
}

TEST(Arguments, AbbreviationsAreNotGuessed) {
  Refusal([] { Arguments(RunVerb(), {"--min", "3"}); });
}

TEST(Arguments, NumbersSayTheirRange) {
  for (const char* bad :
       {"x", "3x", "0", "-1", "1e9", "99999999999999999999"}) {
    const Arguments arguments(RunVerb(), {std::string("--rounds=") + bad});
    const std::string said =
        Refusal([&] { arguments.Integer("rounds", 1, 100); });
    EXPECT_TRUE(Contains(said, "from 1 to 100")) << said;
  }
  for (const char* bad : {"nan", "inf", "-1", "1,5"}) {
    const Arguments arguments(RunVerb(), {std::string("--min-time=") + bad});
    Refusal([&] { arguments.Number("min-time", 0, 10); });
  }
}

TEST(Arguments, AValueMissingOrTwiceIsRefused) {
  Refusal([] { Arguments(RunVerb(), {"--rounds"}); });
}

// Parser and help are made from one table: what help prints, the parser takes.
TEST(Commands, EveryOptionInTheTableParses) {
  for (const Command& command : Commands())
    for (const Option& option : command.options) {
      std::string word = "--" + std::string(option.LongName());
      if (!option.argument.empty()) word += "=1";
      EXPECT_TRUE(Arguments(command, {word}).Has(option.LongName())) << word;
    }
}

}  // namespace
}  // namespace opstat::cli
