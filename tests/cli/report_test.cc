#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "opstat/cli/commit_links.h"
#include "opstat/cli/plain_page.h"
#include "opstat/cli/python.h"
#include "tests/cli/support.h"

namespace opstat::cli {
namespace {

TEST(CommitUrl, LeadsToTheCommitsOfGitHubAndGitLab) {
  for (const char* remote :
       {"https://github.com/o/r", "https://github.com/o/r.git",
        "git@github.com:o/r.git", "ssh://git@github.com/o/r.git",
        "https://user:token@github.com/o/r.git"})
    EXPECT_EQ(CommitUrl(remote), "https://github.com/o/r/commit/") << remote;
  EXPECT_EQ(CommitUrl("ssh://git@gitlab.example.org:2222/group/sub/r.git"),
            "https://gitlab.example.org/group/sub/r/-/commit/");
}

TEST(CommitUrl, IsEmptyForOtherHostsAndForWhatIsNoAddress) {
  for (const char* remote :
       {"", "https://example.org/o/r.git", "/srv/github/r.git", "../r",
        "javascript://github.com/o/r", "https://github.com/o/r\"><b>",
        "https://github.com/o/r?x=1", "git@github.com:\no/r.git"})
    EXPECT_EQ(CommitUrl(remote), "") << remote;
}

TEST(PythonCandidates, AreOnlyTheOneChosen) {
  EXPECT_EQ(PythonCandidates("pypy3"), std::vector<std::string>{"pypy3"});
  EXPECT_EQ(
      PythonCandidates("a/python"),
      std::vector<std::string>{std::filesystem::absolute("a/python").string()});
}

TEST(PythonCandidates, EndInDebiansAndTheOneOnPath) {
  const auto candidates = PythonCandidates("");
  ASSERT_GE(candidates.size(), 2u);
  EXPECT_EQ(candidates.end()[-2], "/usr/bin/python3");
  EXPECT_EQ(candidates.back(), "python3");
}

class Report : public testing::Test {
 protected:
  void SetUp() override {
    const Outcome imported = Opstat({"import", "--db", Database(),
                                     TestData("known/10_zeros_allocs.A.json")});
    ASSERT_EQ(imported.code, 0) << imported.err;
  }
  std::string Database() const { return folder_ / "history.db"; }

  // An interpreter that is this script; $5 is where its page goes.
  std::string Python(const std::string& script) const {
    std::string path = folder_.Write("python", "#!/bin/sh\n" + script + "\n");
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return path;
  }

  Outcome Run(const std::string& python, std::vector<std::string> more = {}) {
    std::vector<std::string> words = {"report", "--db",  Database(), "--python",
                                      python,   "--out", Page()};
    words.insert(words.end(), more.begin(), more.end());
    return Opstat(words);
  }
  std::string Page() const { return folder_ / "report.html"; }

  TemporaryFolder folder_;
};

TEST_F(Report, IsWhatThePackageWrites) {
  const Outcome outcome = Run(Python("cat \"$3\" > \"$5\"; echo \"$@\" >&2"));
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "");
  EXPECT_TRUE(
      Contains(ReadFile(Page()), R"({"schema":"opstat.report/1","tool":)"));
}

TEST_F(Report, HandsOverItsHistoryAsCurvesAndColumns) {
  const std::string curve = R"("curve":{"path":"M6 28L6 28","runs":1,)";
  Run(Python("cat \"$3\" > \"$5\"; wc -c < \"${6#--columns=}\" >> \"$5\""));
  const std::string handed = ReadFile(Page());
  EXPECT_TRUE(Contains(handed, curve));
  EXPECT_TRUE(Contains(handed, R"("packed":{"count":1,"latest":")"));
  EXPECT_TRUE(Contains(handed, R"("runs":[{"run":")"));
  EXPECT_FALSE(Contains(handed, R"("points")"));
  // A point is five numbers.
  std::ptrdiff_t series = 0;
  for (std::size_t at = 0; (at = handed.find("\"packed\"", at)) != handed.npos;
       ++at)
    ++series;
  EXPECT_TRUE(handed.ends_with(fmt::format("}}{}\n", 40 * series))) << series;
}

TEST_F(Report, ExportsItsHistoryAsCurvesAndPoints) {
  const std::string exported =
      Opstat({"export", "--format", "report", "--db", Database()}).out;
  EXPECT_TRUE(Contains(exported, R"("curve":{"path":"M6 28L6 28","runs":1,)"));
  EXPECT_TRUE(Contains(exported, R"("points":[{"run":")"));
  EXPECT_FALSE(Contains(exported, R"("packed")"));
}

TEST_F(Report, TellsThePackageWhatIsWanted) {
  const std::string python = Python("echo \"$@\" > \"$5\"");
  Run(python, {"--benchmark", "A b"});
  EXPECT_TRUE(Contains(ReadFile(Page()), "--format=html --benchmark=A b\n"));
  Run(python, {"--noise"});
  EXPECT_TRUE(Contains(ReadFile(Page()), "--format=html --page=noise\n"));
  const std::string picture = folder_ / "x.svg";
  Opstat({"report", "--db", Database(), "--python", python, "--plot", "ratio",
          "-o", picture});
  EXPECT_TRUE(Contains(ReadFile(picture), "--format=svg --plot=ratio"));
}

TEST_F(Report, WithoutPlotsIsAPageOfTablesAndSaysWhatIsMissing) {
  const Outcome outcome =
      Run(Python("echo \"No module named 'matplotlib'\" >&2; exit 7"));
  EXPECT_EQ(outcome.code, 0);
  EXPECT_TRUE(Contains(outcome.err, "python: No module named 'matplotlib'"));
  EXPECT_TRUE(Contains(outcome.err, "python3-matplotlib"));
  const std::string page = ReadFile(Page());
  EXPECT_TRUE(Contains(page, "default-src 'none'"));
  EXPECT_TRUE(Contains(page, "<bdi>allocs/op</bdi>"));
  EXPECT_TRUE(Contains(page, "No module named"));
}

TEST_F(Report, WithoutAnyPythonIsThatPageToo) {
  const Outcome outcome = Run("/nowhere/python");
  EXPECT_EQ(outcome.code, 0);
  EXPECT_TRUE(Contains(outcome.err, "/nowhere/python"));
  EXPECT_TRUE(Contains(ReadFile(Page()), "<table>"));
}

TEST_F(Report, FailsWithoutPlotsWhereTheyAreRequired) {
  const std::string python = Python("exit 7");
  EXPECT_EQ(Run(python, {"--plots", "required"}).code, 4);
  EXPECT_FALSE(std::filesystem::exists(Page()));
  EXPECT_EQ(Opstat({"report", "--db", Database(), "--python", python, "--plot",
                    "ratio", "-o", folder_ / "x.png"})
                .code,
            4);
}

TEST_F(Report, PassesOnWhatThePackageSaysIsWrong) {
  const Outcome outcome = Run(
      Python("echo 'progress: 1'; echo 'reports: no plot' >&2; echo '  hint: "
             "list' >&2; exit 5"));
  EXPECT_EQ(outcome.code, 5);
  EXPECT_EQ(outcome.err, "opstat: reports: no plot\n  list\n");
  EXPECT_EQ(Run(Python("echo 'no benchmark matches' >&2; exit 4")).code, 4);
}

TEST_F(Report, AsksForOnePageAndForPicturesByTheirNames) {
  EXPECT_EQ(Run("x", {"--conv", "--noise"}).code, 2);
  EXPECT_EQ(Run("x", {"--benchmark", "A", "--conv"}).code, 2);
  EXPECT_EQ(Run("x", {"--plot", "ratio"}).code, 2);
  EXPECT_EQ(Run("x", {"--plots", "maybe"}).code, 2);
}

TEST(PlainPage, HostileNamesAreText) {
  benchfmt::Run run;
  run.label = "</title><script>alert(1)</script>\x1b[31m\xe2\x80\xae";
  run.benchmarks.push_back({run.label + "&amp;", {{"sec/op", {1e-6, 2e-6}}}});
  const std::string page = PlainPage({run, std::nullopt}, run.label);
  EXPECT_FALSE(Contains(page, "<script"));
  EXPECT_FALSE(Contains(page, "\x1b"));
  EXPECT_FALSE(Contains(page, "\xe2\x80\xae"));
  EXPECT_TRUE(Contains(page, "&amp;amp;"));
}

}  // namespace
}  // namespace opstat::cli
