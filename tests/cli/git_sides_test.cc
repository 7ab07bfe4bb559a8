#include "opstat/cli/git_sides.h"

#include <gtest/gtest.h>

#include "opstat/benchfmt/error.h"
#include "tests/cli/support.h"

namespace opstat::cli {
namespace {

constexpr Option kOptions[] = {
    {"build", "CMD", "", ""},          {"base-build", "CMD", "", ""},
    {"head-build", "CMD", "", ""},     {"base-env", "K=V", "", ""},
    {"head-env", "K=V", "", ""},       {"program", "CMD", "", ""},
    {"default-branch", "NAME", "", ""}};
constexpr Command kCompare{"compare", "", "", "", kOptions, nullptr};

checkout::Request Ask(const std::vector<std::string>& words) {
  return RevisionsRequest(Arguments(kCompare, words));
}

TEST(RevisionsRequest, TakesASidesOwnBuildBeforeTheCommonOne) {
  const auto request =
      Ask({"main", "topic", "--build", "make", "--head-build", "make -B"});
  EXPECT_EQ(request.revisions, (std::vector<std::string>{"main", "topic"}));
  EXPECT_EQ(request.base.command, "make");
  EXPECT_EQ(request.head.command, "make -B");
}

TEST(RevisionsRequest, TakesVariablesASideAndMoreThanOne) {
  const auto request =
      Ask({"--base-env", "A=1", "--base-env", "B==2", "--head-env", "C="});
  EXPECT_EQ(request.base.environment,
            (measure::Environment{{"A", "1"}, {"B", "=2"}}));
  EXPECT_EQ(request.head.environment, (measure::Environment{{"C", ""}}));
}

TEST(RevisionsRequest, RefusesWhatCannotBeMeant) {
  EXPECT_THROW(Ask({"--base-env", "A"}), Error);
  EXPECT_THROW(Ask({"--base-env", "=A"}), Error);
  EXPECT_THROW(Ask({"a", "b", "c"}), Error);
}

TEST(PlanText, SaysWhatWouldBeBuiltAndRun) {
  const checkout::Plan plan{
      {.revision = {.label = "main", .commit = "0123456789abcdef"},
       .build = "make",
       .cached = true},
      {.revision = {.label = "work tree", .commit = "fedcba9876543210"},
       .build = "make",
       .changed = true}};
  EXPECT_EQ(PlanText(plan, "{build}/b"),
            "base     main (0123456789)\n"
            "  build  there already\n"
            "head     work tree (fedcba9876, with uncommitted changes)\n"
            "  build  make\n"
            "program  {build}/b\n");
}

}  // namespace
}  // namespace opstat::cli
