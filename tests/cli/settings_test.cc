#include "opstat/cli/settings.h"

#include <gtest/gtest.h>

#include "opstat/benchfmt/error.h"
#include "opstat/cli/arguments.h"
#include "tests/cli/support.h"

namespace opstat::cli {
namespace {

namespace fs = std::filesystem;

class SettingsFile : public testing::Test {
 protected:
  Arguments Run(const std::string& toml,
                const std::vector<std::string>& words = {}) const {
    return {*FindCommand("run"), words,
            Settings(folder.Write("opstat.toml", toml))};
  }
  std::string Refusal(const std::string& toml) const {
    try {
      Settings(folder.Write("opstat.toml", toml));
    } catch (const Error& error) {
      EXPECT_EQ(error.failure(), Failure::kUsage);
      return std::string(error.what()) + " | " + error.hint();
    }
    ADD_FAILURE() << "accepted";
    return "";
  }

  TemporaryFolder folder;
};

TEST_F(SettingsFile, StandsBetweenTheEnvironmentAndTheDefaults) {
  EXPECT_EQ(Run("").Integer("rounds", 1, 99), 10);
  EXPECT_EQ(Run("rounds = 11").Integer("rounds", 1, 99), 11);
  setenv("OPSTAT_ROUNDS", "12", 1);
  EXPECT_EQ(Run("rounds = 11").Integer("rounds", 1, 99), 12);
  EXPECT_EQ(Run("rounds = 11", {"--rounds=13"}).Integer("rounds", 1, 99), 13);
  unsetenv("OPSTAT_ROUNDS");
}

TEST_F(SettingsFile, HasATableForOneCommandBeforeWhatHoldsForAll) {
  const std::string toml = "min_time = 0.5\n[run]\nmin_time = 2\n";
  EXPECT_EQ(Run(toml).Number("min-time", 0, 9), 2);
  EXPECT_EQ(Run("min_time = 0.5\n[list]\nlimit = 2").Number("min-time", 0, 9),
            0.5);
}

TEST_F(SettingsFile, GivesSwitchesAndSeveralValues) {
  EXPECT_TRUE(Run("record = true").Has("record"));
  EXPECT_FALSE(Run("record = false").Has("record"));
  EXPECT_EQ(Run("filter = [\"a\", \"b\"]").All("filter"),
            (std::vector<std::string>{"a", "b"}));
}

TEST_F(SettingsFile, IsRefusedWithFileLineAndColumn) {
  EXPECT_EQ(Refusal("rounds = 1\nronds = 2\n"),
            "opstat.toml:2:1: no option is called 'ronds' | did you mean "
            "rounds?");
  EXPECT_NE(Refusal("\n  rounds = = 2").find("opstat.toml:2:12: "),
            std::string::npos);
  EXPECT_NE(Refusal("rounds = 1979-05-27").find("opstat.toml:1:10: takes"),
            std::string::npos);
  EXPECT_NE(Refusal("[runn]\nrounds = 1").find("opstat.toml:1:2: no command"),
            std::string::npos);
  EXPECT_NE(Refusal("min-time = 1").find("did you mean min_time?"),
            std::string::npos);
}

TEST_F(SettingsFile, TakesNoSwitchThatIsNeitherOnNorOff) {
  EXPECT_EQ(Refusal("rounds = 2\n[gate]\nquick = \"maybe\"\n"),
            "opstat.toml:3:9: quick takes true or false, not 'maybe' | ");
  EXPECT_NE(Refusal("record = 2").find("opstat.toml:1:10: record takes"),
            std::string::npos);
  for (const auto& [value, on] : {std::pair{"\"on\"", true},
                                  {"1", true},
                                  {"\"off\"", false},
                                  {"\"no\"", false}})
    EXPECT_EQ(Run(std::string("record = ") + value).Has("record"), on) << value;
}

TEST_F(SettingsFile, IsNamedWhereAValueOfItsIsOutOfRange) {
  try {
    Run("\nrounds = 0").Integer("rounds", 1, 99);
    FAIL() << "took it";
  } catch (const Error& error) {
    EXPECT_EQ(
        std::string(error.what()),
        "opstat run: --rounds takes a whole number from 1 to 99, not '0'");
    EXPECT_EQ(error.hint(), "the value comes from opstat.toml:2:10");
  }
}

TEST_F(SettingsFile, CannotChooseAFileToOverwrite) {
  EXPECT_NE(Refusal("out = \"/etc/passwd\"").find("no option"),
            std::string::npos);
}

TEST_F(SettingsFile, LeavesArraysOfTablesToTheirReaders) {
  EXPECT_EQ(Run("[[rule]]\nanything = 1\n").Integer("rounds", 1, 99), 10);
}

TEST_F(SettingsFile, IsTheNearestUpToTheRepositorysTop) {
  folder.Write("opstat.toml", "rounds = 3\n");
  fs::create_directories(folder / "inner/deep");
  const auto rounds = [&] {
    const Settings found = SettingsOf(folder / "inner/deep");
    const Setting* setting = found.Find("run", "rounds");
    return setting == nullptr ? "" : setting->values.front();
  };
  const char* kept = std::getenv("OPSTAT_CONFIG");
  const std::string before = kept == nullptr ? "" : kept;
  unsetenv("OPSTAT_CONFIG");
  EXPECT_EQ(rounds(), "3");
  fs::create_directories(folder / "inner/.git");
  EXPECT_EQ(rounds(), "");
  setenv("OPSTAT_CONFIG", (folder / "opstat.toml").c_str(), 1);
  EXPECT_EQ(rounds(), "3");
  setenv("OPSTAT_CONFIG", "", 1);
  fs::remove(folder / "inner/.git");
  EXPECT_EQ(rounds(), "");
  if (kept == nullptr) unsetenv("OPSTAT_CONFIG");
}

}  // namespace
}  // namespace opstat::cli
