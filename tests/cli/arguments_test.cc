#include "opstat/cli/arguments.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <functional>

#include "opstat/benchfmt/error.h"

#include "tests/cli/support.h"

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

// None works; what it begins is told.
TEST(Arguments, AbbreviationsAreNotGuessed) {
  for (const Command& command : Commands())
    for (const Option& option : command.options) {
      const std::string name(option.LongName());
      for (std::size_t size = 2; size < name.size(); ++size) {
        const std::string word = "--" + name.substr(0, size);
        if (std::ranges::any_of(command.options, [&](const Option& other) {
              return word == fmt::format("--{}", other.LongName());
            }))
          continue;
        const std::string said = Refusal([&] { Arguments(command, {word}); });
        EXPECT_TRUE(Contains(said, "did you mean --")) << command.name << said;
      }
    }
  EXPECT_TRUE(Contains(Refusal([] {
                         Arguments(RunVerb(), {"--roun", "3"});
                       }),
                       "did you mean --rounds?"));
  EXPECT_TRUE(Contains(Refusal([] { Arguments(RunVerb(), {"--min=3"}); }),
                       "did you mean --min-time?"));
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

TEST(Arguments, AMissingValueIsRefused) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"--rounds"},
        {"--rounds", "--record"},
        {"--rounds", "-q"},
        {"--rounds="},
        {"--rounds", "--", "./b"}}) {
    const std::string said = Refusal([&] { Arguments(RunVerb(), words); });
    EXPECT_TRUE(Contains(said, "--rounds")) << said;
  }
}

TEST(Arguments, ANegativeValueIsAValue) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"--seed", "-5"}, {"--seed=-5"}})
    EXPECT_EQ(Arguments(RunVerb(), words).Integer("seed", -9, 9), -5);
}

TEST(Arguments, AnEmptyValueIsKept) {
  const Arguments arguments(RunVerb(), {"--label", "", ""});
  EXPECT_TRUE(arguments.Has("label"));
  EXPECT_EQ(arguments.Text("label"), "");
  EXPECT_EQ(arguments.positional(), std::vector<std::string>{""});
}

TEST(Arguments, AnEmptyValueSurvivesBeingWrittenOut) {
  const Arguments given(RunVerb(), {"--label", "", "--filter=X"});
  const Arguments again(RunVerb(), given.Resolved(RunVerb()));
  EXPECT_TRUE(again.Has("label"));
  EXPECT_EQ(again.Text("label"), "");
  EXPECT_EQ(again.Text("filter"), "X");
}

TEST(Arguments, OfARepeatedOptionTheLastHolds) {
  const Arguments arguments(RunVerb(), {"--rounds=2", "--rounds", "4"});
  EXPECT_EQ(arguments.Integer("rounds", 1, 9), 4);
  EXPECT_EQ(arguments.All("rounds"), (std::vector<std::string>{"2", "4"}));
}

TEST(Arguments, ASwitchTakesNoValue) {
  Refusal([] { Arguments(RunVerb(), {"--record=yes"}); });
}

TEST(Arguments, AnEmptyVariableIsAsIfNotSet) {
  setenv("OPSTAT_MIN_TIME", "", 1);
  EXPECT_EQ(Arguments(RunVerb(), {}).Text("min-time"), "0.1");
  unsetenv("OPSTAT_MIN_TIME");
}

TEST(Arguments, ASwitchInTheEnvironmentCanBeOff) {
  for (const auto& [value, on] :
       {std::pair{"1", true}, {"yes", true}, {"0", false}, {"false", false}}) {
    setenv("OPSTAT_RECORD", value, 1);
    EXPECT_EQ(Arguments(RunVerb(), {}).Has("record"), on) << value;
  }
  setenv("OPSTAT_RECORD", "maybe", 1);
  const std::string said = Refusal(
      [] { static_cast<void>(Arguments(RunVerb(), {}).Has("record")); });
  EXPECT_TRUE(Contains(said, "--record takes true or false, not 'maybe'"));
  EXPECT_TRUE(Contains(said, "the value comes from OPSTAT_RECORD")) << said;
  unsetenv("OPSTAT_RECORD");
}

TEST(Arguments, ChoicesComeFromTheTable) {
  EXPECT_EQ(Arguments(RunVerb(), {"--alloc=off"}).Choice("alloc"), "off");
  const std::string said =
      Refusal([] { Arguments(RunVerb(), {"--alloc=of"}).Choice("alloc"); });
  EXPECT_TRUE(Contains(said, "auto, on, off")) << said;
}

}  // namespace
}  // namespace opstat::cli
