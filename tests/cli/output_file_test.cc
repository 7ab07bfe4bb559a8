#include "opstat/cli/output_file.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>

#include "opstat/benchfmt/error.h"
#include "tests/cli/support.h"

namespace opstat::cli {
namespace {

using Names = std::vector<std::string>;

TEST(OutputFile, AppearsOnlyWhenCommitted) {
  const TemporaryFolder folder;
  { OutputFile abandoned(folder / "a.json"); }
  EXPECT_EQ(folder.Files(), Names{});
  OutputFile(folder / "a.json").Commit("content");
  EXPECT_EQ(folder.Files(), Names{"a.json"});
  EXPECT_EQ(ReadFile(folder / "a.json"), "content");
}

TEST(OutputFile, AMissingFolderIsATypoNotAWish) {
  const TemporaryFolder folder;
  EXPECT_THROW(OutputFile file(folder / "x/a.json"), Error);
  EXPECT_EQ(folder.Files(), Names{});
}

TEST(OutputFile, ALinkLeadsToItsTargetAndADeviceStaysOne) {
  const TemporaryFolder folder;
  const std::string target = folder.Write("target.json", "old");
  std::filesystem::create_symlink(target, folder / "link.json");
  OutputFile(folder / "link.json").Commit("new");
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "link.json"));
  EXPECT_EQ(ReadFile(target), "new");

  OutputFile("/dev/null").Commit("gone");
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
  EXPECT_THROW(OutputFile("/dev/full").Commit("lost"), Error);
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/full"));
}

TEST(OutputFile, AFullDiskLeavesWhatWasThere) {
  const TemporaryFolder folder;
  folder.Write("a.json", "old");
  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit old_limit{};
  getrlimit(RLIMIT_FSIZE, &old_limit);
  rlimit small = old_limit;
  small.rlim_cur = 100;
  setrlimit(RLIMIT_FSIZE, &small);
  EXPECT_THROW(OutputFile(folder / "a.json").Commit(std::string(1000, 'x')),
               Error);
  setrlimit(RLIMIT_FSIZE, &old_limit);
  std::signal(SIGXFSZ, old_handler);
  EXPECT_EQ(ReadFile(folder / "a.json"), "old");
  EXPECT_EQ(folder.Files(), Names{"a.json"});
}

TEST(OutputFile, RefusesAFolderAndAPathThatCannotBe) {
  const TemporaryFolder folder;
  EXPECT_THROW(OutputFile file(folder / ""), Error);
  EXPECT_THROW(OutputFile file("/proc/no/such/a.json"), Error);
}

}  // namespace
}  // namespace opstat::cli
