#include "opstat/checkout/build_cache.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "opstat/benchfmt/error.h"
#include "opstat/checkout/orphans.h"
#include "opstat/measure/child.h"
#include "tests/checkout/support.h"

namespace opstat::checkout {
namespace {

namespace fs = std::filesystem;

class Caches : public testing::Test {
 protected:
  fs::path MakeFinished(const std::string& key) const {
    CacheEntry entry = cache.Create();
    WriteFile(entry.build() / "program", std::string(1000, 'x'));
    entry.Finish(key);
    return entry.folder();
  }
  // What a run that was killed leaves: its folder, and nobody's lock.
  fs::path MakeAbandoned() const {
    fs::path folder = cache.root() / "0123456789abcdef";
    WriteFile(folder / "owner", "1 started 1\n");
    WriteFile(folder / "build/object.o", "half");
    return folder;
  }

  Sandbox sandbox;
  BuildCache cache{sandbox / "cache"};
};

TEST_F(Caches, GiveAFinishedEntryToWhoAsksForItsKey) {
  const fs::path folder = MakeFinished("key");
  EXPECT_FALSE(cache.Find("other").has_value());
  const auto found = cache.Find("key");
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->folder(), folder);
  EXPECT_TRUE(fs::exists(found->build() / "program"));
}

TEST_F(Caches, NeverGiveOneEntryToTwo) {
  MakeFinished("key");
  const auto first = cache.Find("key");
  EXPECT_TRUE(first.has_value());
  EXPECT_FALSE(cache.Find("key").has_value());
}

TEST_F(Caches, GiveFoldersOfEqualLength) {
  EXPECT_EQ(cache.Create().folder().string().size(),
            cache.Create().folder().string().size());
}

TEST_F(Caches, RemoveAnUnfinishedEntryWithItsOwner) {
  fs::path folder;
  {
    const CacheEntry entry = cache.Create();
    folder = entry.folder();
    WriteFile(entry.source() / "file", "x");
    EXPECT_TRUE(fs::exists(folder));
  }
  EXPECT_FALSE(fs::exists(folder));
}

TEST_F(Caches, SweepWhatADeadRunLeft) {
  const fs::path folder = MakeAbandoned();
  cache.Sweep();
  EXPECT_FALSE(fs::exists(folder));
}

TEST_F(Caches, NeverSweepALiveEntry) {
  const CacheEntry entry = cache.Create();
  BuildCache(cache.root()).Sweep();
  EXPECT_TRUE(fs::exists(entry.folder() / "owner"));
}

TEST_F(Caches, SweepEvenWhatForbidsWriting) {
  const fs::path folder = MakeAbandoned();
  fs::permissions(folder / "build",
                  fs::perms::owner_read | fs::perms::owner_exec);
  cache.Sweep();
  EXPECT_FALSE(fs::exists(folder));
}

TEST_F(Caches, KillTheOrphansOfASweptBuild) {
  const fs::path folder = MakeAbandoned();
  // In a session of its own: nothing else of ours ends it.
  const std::string id =
      measure::RunChild({.argv = {"setsid", "--wait", "sh", "-c",
                                  "sleep 1000 >/dev/null 2>&1 & echo $!"},
                         .environment = {{kBuildVariable, folder / "build"}}})
          .out;
  const fs::path process = "/proc/" + id.substr(0, id.find('\n'));
  ASSERT_TRUE(fs::exists(process));
  cache.Sweep();
  const auto gone = [&] {
    const std::string stat = ReadFile(process / "stat");
    return stat.empty() || stat.find(") Z ") != std::string::npos;
  };
  for (int i = 0; i < 1000 && !gone(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_TRUE(gone());
}

TEST_F(Caches, KeepTheEntriesUsedLast) {
  const BuildCache two(cache.root(), {.entries = 2, .bytes = 1 << 30});
  const fs::path a = MakeFinished("a"), b = MakeFinished("b"),
                 c = MakeFinished("c");
  using std::chrono::hours;
  const auto now = fs::file_time_type::clock::now();
  fs::last_write_time(a / "finished", now - hours(2));
  fs::last_write_time(b / "finished", now - hours(3));
  fs::last_write_time(c / "finished", now - hours(1));
  EXPECT_TRUE(two.Find("b").has_value());  // is a use
  two.Sweep();
  EXPECT_FALSE(fs::exists(a));
  EXPECT_TRUE(fs::exists(b));
  EXPECT_TRUE(fs::exists(c));
}

TEST_F(Caches, StayWithinTheirBytes) {
  const fs::path a = MakeFinished("a");
  fs::last_write_time(a / "finished",
                      fs::file_time_type::clock::now() - std::chrono::hours(1));
  const fs::path b = MakeFinished("b");
  BuildCache(cache.root(), {.entries = 32, .bytes = 1500}).Sweep();
  EXPECT_FALSE(fs::exists(a));
  EXPECT_TRUE(fs::exists(b));
}

TEST_F(Caches, RecordTheirOwnersProcessAndItsStart) {
  const CacheEntry entry = cache.Create();
  const std::string stat = ReadFile("/proc/self/stat");
  const std::string owner = ReadFile(entry.folder() / "owner");
  const std::string id = std::to_string(getpid()) + " started ";
  ASSERT_TRUE(owner.starts_with(id)) << owner;
  const std::string start =
      owner.substr(id.size(), owner.size() - id.size() - 1);
  EXPECT_GT(start.size(), 0U);
  EXPECT_NE(stat.find(" " + start + " "), std::string::npos) << stat;
}

TEST(DefaultCacheRoot, RefusesAPathThatAShellWouldSplit) {
  const char* before = std::getenv("XDG_CACHE_HOME");
  const std::string kept = before == nullptr ? "" : before;
  setenv("XDG_CACHE_HOME", "/tmp/two words", 1);
  EXPECT_THROW(DefaultCacheRoot(), Error);
  setenv("XDG_CACHE_HOME", "/tmp/caf\xC3\xA9", 1);
  EXPECT_EQ(DefaultCacheRoot(), "/tmp/caf\xC3\xA9/opstat");
  if (before == nullptr)
    unsetenv("XDG_CACHE_HOME");
  else
    setenv("XDG_CACHE_HOME", kept.c_str(), 1);
}

}  // namespace
}  // namespace opstat::checkout
