#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/cli/support.h"

// `opstat config`.
namespace opstat::cli {
namespace {

TEST(Config, SaysWhereEachSettingComesFrom) {
  const TemporaryFolder folder;
  setenv("OPSTAT_CONFIG",
         folder
             .Write("opstat.toml",
                    "alpha = 0.02\n[[rule]]\nunit = \"B/op\"\nbudget = 64\n")
             .c_str(),
         1);
  setenv("OPSTAT_ROUNDS", "6", 1);
  const Outcome outcome = Opstat({"config", "--show-origin"});
  unsetenv("OPSTAT_ROUNDS");
  setenv("OPSTAT_CONFIG", "", 1);
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  const auto line = [&](const std::string& start) {
    const std::size_t at = outcome.out.find("\n" + start);
    return at == std::string::npos
               ? ""
               : outcome.out.substr(at + 1,
                                    outcome.out.find('\n', at + 1) - at - 1);
  };
  EXPECT_TRUE(line("gate.alpha = 0.02").ends_with("opstat.toml:1:9"));
  EXPECT_TRUE(line("gate.rounds = 6").ends_with("OPSTAT_ROUNDS"));
  EXPECT_TRUE(line("gate.must_see = 0.10").ends_with("default"));
  EXPECT_TRUE(
      line("rule: unit = B/op; budget = 64").ends_with("opstat.toml:2"));
}

TEST(Config, AsJsonHoldsTheSettingsOfOneCommand) {
  const Outcome outcome = Opstat({"config", "list", "--json"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_TRUE(outcome.out.starts_with(R"({"schema":"opstat.config/1")"));
  EXPECT_TRUE(Contains(outcome.out, R"("name":"list.limit","value":)"));
  EXPECT_FALSE(Contains(outcome.out, R"("name":"run.)"));
  EXPECT_EQ(Opstat({"config", "lists"}).code, 2);
}

}  // namespace
}  // namespace opstat::cli
