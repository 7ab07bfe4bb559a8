// Several processes, killed processes, full disks: what was acknowledged is
// there, and nothing is there by half.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

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

// All race to make the file, too.
TEST(Durability, KeepsTheRunsOfFourWritersAtOnce) {
  constexpr int kWriters = 4, kRuns = 10;
  const TemporaryFolder folder;
  const std::string path = folder / ".opstat/history.db";
  std::vector<int> pids;
  for (int writer = 0; writer < kWriters; ++writer) {
    pids.push_back(Fork([&] {
      for (int run = 0; run < kRuns; ++run) {
        History history(path, Mode::kReadWrite);
        if (!history.Append(MakeRun(IdOf(writer, run)), Summarize)) return 1;
      }
      return 0;
    }));
  }
  for (const int pid : pids) EXPECT_EQ(0, Wait(pid));
  EXPECT_EQ(static_cast<std::size_t>(kWriters * kRuns),
            History(path, Mode::kReadOnly).List().size());
  ExpectSound(path);
}

// Appends until killed, telling each run it has stored.
[[noreturn]] void WriteForever(const std::string& path, int round, int pipe) {
  History history(path, Mode::kReadWrite);
  for (int run = 0;; ++run) {
    history.Append(MakeRun(IdOf(round, run)), Summarize);
    if (write(pipe, &run, sizeof(run)) != sizeof(run)) _exit(1);
  }
}

// Kills the writer after `acknowledged` runs; the number of the last one that
// it told of.
int KillWriter(const std::string& path, int round, int acknowledged) {
  int ends[2];
  EXPECT_EQ(0, pipe(ends));
  const int pid = Fork([&]() -> int { WriteForever(path, round, ends[1]); });
  close(ends[1]);
  int run = -1, last = -1;
  while (read(ends[0], &run, sizeof(run)) == sizeof(run)) {
    last = run;
    if (run + 1 == acknowledged) kill(pid, SIGKILL);
  }
  close(ends[0]);
  EXPECT_EQ(128 + SIGKILL, Wait(pid));
  return last;
}

TEST(Durability, KeepsWhatAKilledWriterAcknowledged) {
  const TemporaryFolder folder;
  const std::string path = folder / "history.db";
  for (int round = 0; round < 6; ++round) {
    const int last = KillWriter(path, round, 1 + 3 * round);
    ASSERT_GE(last, 3 * round);
    History history(path, Mode::kReadOnly);
    for (int run = 0; run <= last; ++run) {
      EXPECT_EQ(IdOf(round, run), history.Load(IdOf(round, run)).id);
    }
  }
  ExpectSound(path);
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

}  // namespace
}  // namespace opstat::store
