// Several processes, killed processes, full disks: what was acknowledged is
// there, and nothing is there by half.
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <random>
#include <thread>

#include "opstat/store/history.h"
#include "opstat/store/sqlite.h"
#include "tests/store/fixture.h"

namespace opstat::store {
namespace {

using Mode = History::Mode;

std::string IdOf(int writer, int run) {
  return std::to_string(writer) + "-" + std::to_string(run) + "-end";
}

void ExpectSound(const std::string& path) {
  SqliteDatabase database(path, SqliteDatabase::Mode::kReadWrite);
  Statement check(database, "PRAGMA integrity_check");
  ASSERT_TRUE(check.Step());
  EXPECT_EQ("ok", check.Text(0));
  History history(path, Mode::kReadOnly);
  for (const RunLine& line : history.List()) {
    ExpectSame(MakeRun(line.id), history.Load(line.id));
  }
}

// Reads the newest run, whole, until the writers are done.
int ReadUntil(const std::string& path, std::size_t runs) {
  alarm(600);  // should a writer have failed
  for (;;) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    try {
      History history(path, Mode::kReadOnly);
      const auto lines = history.List();
      if (lines.size() >= runs) return 0;
      if (lines.empty() || history.Load("latest").benchmarks.size() == 2)
        continue;
      return 1;
    } catch (const Error& error) {
      // Not made yet is no complaint; busy would be one.
      const std::string message = error.what();
      if (message.find("no such file") == std::string::npos &&
          message.find("empty, or of an older") == std::string::npos)
        return 2;
    }
  }
}

// All race to make the file, too.
TEST(Durability, KeepsTheRunsOfManyWritersAndReadersAtOnce) {
  const int writers = Thorough(8, 32), runs = Thorough(5, 100);
  const int readers = 4;
  const TemporaryFolder folder;
  const std::string path = folder / ".opstat/history.db";
  std::vector<int> pids;
  for (int writer = 0; writer < writers; ++writer) {
    pids.push_back(Fork([&] {
      for (int run = 0; run < runs; ++run) {
        History history(path, Mode::kReadWrite);
        if (!history.Append(MakeRun(IdOf(writer, run)), Summarize)) return 1;
      }
      return 0;
    }));
  }
  const std::size_t all =
      static_cast<std::size_t>(writers) * static_cast<std::size_t>(runs);
  for (int reader = 0; reader < readers; ++reader)
    pids.push_back(Fork([&] { return ReadUntil(path, all); }));
  for (const int pid : pids) EXPECT_EQ(0, Wait(pid));
  EXPECT_EQ(all, History(path, Mode::kReadOnly).List().size());
  ExpectSound(path);
}

struct Told {
  int writer, run;
};

// Appends until killed, telling each run it has stored.
[[noreturn]] void WriteForever(const std::string& path, int writer, int pipe) {
  History history(path, Mode::kReadWrite);
  for (int run = 0;; ++run) {
    history.Append(MakeRun(IdOf(writer, run)), Summarize);
    const Told told{writer, run};
    if (write(pipe, &told, sizeof(told)) != sizeof(told)) _exit(1);
  }
}

// Kills three writers some time after `acknowledged` runs; all that they told
// of.
std::vector<Told> KillWriters(const std::string& path, int acknowledged,
                              std::chrono::microseconds later) {
  int ends[2];
  EXPECT_EQ(0, pipe(ends));
  std::vector<int> pids;
  for (int writer = 0; writer < 3; ++writer)
    pids.push_back(Fork([&]() -> int { WriteForever(path, writer, ends[1]); }));
  close(ends[1]);
  std::vector<Told> all;
  for (Told told; read(ends[0], &told, sizeof(told)) == sizeof(told);) {
    all.push_back(told);
    if (all.size() != static_cast<std::size_t>(acknowledged)) continue;
    std::this_thread::sleep_for(later);
    for (const int pid : pids) kill(pid, SIGKILL);
  }
  close(ends[0]);
  for (const int pid : pids) EXPECT_EQ(128 + SIGKILL, Wait(pid));
  return all;
}

TEST(Durability, KeepsWhatKilledWritersAcknowledged) {
  std::mt19937 random(20261126);
  for (int round = 0; round < Thorough(30, 1000); ++round) {
    const TemporaryFolder folder;
    const std::string path = folder / "history.db";
    const auto told = KillWriters(path, 1 + round % 4,
                                  std::chrono::microseconds(random() % 5000));
    ExpectSound(path);
    History history(path, Mode::kReadOnly);
    for (const auto& [writer, run] : told)
      ASSERT_EQ(IdOf(writer, run), history.Load(IdOf(writer, run)).id);
  }
}

// Appends until the "disk" is full; how many runs were acknowledged.
int FillDisk(const std::string& path, rlim_t bytes) {
  signal(SIGXFSZ, SIG_IGN);
  History history(path, Mode::kReadWrite);
  const rlimit limit{bytes, bytes};
  setrlimit(RLIMIT_FSIZE, &limit);
  for (int run = 0; run < 100; ++run) {
    try {
      history.Append(MakeRun(IdOf(1, run)), Summarize);
    } catch (const Error& error) {
      return error.hint().find("free some space") == std::string::npos ? 101
                                                                       : run;
    }
  }
  return 100;
}

TEST(Durability, KeepsTheHistoryWhenTheDiskIsFull) {
  for (const rlim_t bytes : {60'000u, 150'000u, 151'000u, 250'000u}) {
    const TemporaryFolder folder;
    const std::string path = folder / "history.db";
    History(path, Mode::kReadWrite).Append(MakeRun("old"), Summarize);
    const int acknowledged = Wait(Fork([&] { return FillDisk(path, bytes); }));
    ASSERT_LT(acknowledged, 100) << "the disk was not full";
    EXPECT_EQ(static_cast<std::size_t>(acknowledged + 1),
              History(path, Mode::kReadOnly).List().size());
    ExpectSound(path);
    EXPECT_TRUE(
        History(path, Mode::kReadWrite).Append(MakeRun("after"), Summarize));
  }
}

// A disk that is really full, where one may be mounted.
TEST(Durability, KeepsTheHistoryOnAFullFileSystem) {
  const TemporaryFolder folder;
  const std::string disk = folder / "";
  if (mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=1m") != 0)
    GTEST_SKIP() << "only root may mount";
  const std::string path = folder / "history.db";
  int acknowledged = 0;
  try {
    History history(path, Mode::kReadWrite);
    for (;; ++acknowledged)
      history.Append(MakeRun(IdOf(1, acknowledged)), Summarize);
  } catch (const Error& error) {
    EXPECT_NE(std::string::npos, error.hint().find("free some space"))
        << error.what();
  }
  EXPECT_LT(10, acknowledged);
  EXPECT_EQ(static_cast<std::size_t>(acknowledged),
            History(path, Mode::kReadOnly).List().size());
  ExpectSound(path);
  umount2(disk.c_str(), MNT_DETACH);
}

}  // namespace
}  // namespace opstat::store
