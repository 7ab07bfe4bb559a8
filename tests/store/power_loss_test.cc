// What a loss of power may take: with synchronous = FULL, nothing that was
// acknowledged.
#include "tests/store/power_loss.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "opstat/store/history.h"
#include "opstat/store/sqlite.h"
#include "tests/store/fixture.h"

namespace opstat::store {
namespace {

namespace fs = std::filesystem;
using Mode = History::Mode;

// After so many operations that run was acknowledged.
struct Acknowledged {
  std::size_t operations;
  std::string run;
};

std::vector<Acknowledged> Record(const PowerLossRecorder& recorder,
                                 const std::string& path, int runs) {
  std::vector<Acknowledged> acknowledged;
  for (int i = 0; i < runs; ++i) {
    // Closed in between now and then, which moves the log into the file.
    History history(path, Mode::kReadWrite);
    for (int k = 0; k < 3; ++k) {
      const std::string id = std::to_string(i) + "-" + std::to_string(k) + "-";
      history.Append(MakeRun(id), Summarize);
      acknowledged.push_back({recorder.Operations(), id});
    }
  }
  return acknowledged;
}

// Whether all that was acknowledged before the cut is there, and nothing by
// half.
bool Survives(const std::string& path, std::size_t cut,
              const std::vector<Acknowledged>& acknowledged) {
  try {
    std::set<std::string> found;
    {
      // As a file that was never there: nothing had been acknowledged yet.
      History history(path, Mode::kReadWrite);
      for (const RunLine& line : history.List()) {
        ExpectSame(MakeRun(line.id), history.Load(line.id));
        found.insert(line.id);
      }
      history.Append(MakeRun("after"), Summarize);
    }
    for (const auto& [operations, run] : acknowledged)
      if (operations <= cut && !found.contains(run)) return false;
    SqliteDatabase database(path, SqliteDatabase::Mode::kReadOnly);
    Statement check(database, "PRAGMA integrity_check");
    return check.Step() && check.Text(0) == "ok";
  } catch (const Error&) {
    return false;
  }
}

// Of so many cuts, spread over all that was done, those that lost something.
int CountLosses(bool honest, int cuts) {
  const TemporaryFolder folder;
  std::vector<Acknowledged> acknowledged;
  std::mt19937 random(20261126);
  int losses = 0;
  const PowerLossRecorder recorder(honest);
  fs::create_directory(folder / "live");
  acknowledged = Record(recorder, folder / "live/history.db", 6);
  const std::size_t operations = recorder.Operations();
  for (int cut = 0; cut < cuts; ++cut) {
    const TemporaryFolder found;
    const std::size_t at = (static_cast<std::size_t>(cut) + 1) * operations /
                           static_cast<std::size_t>(cuts);
    recorder.Reconstruct(at, found / "", random);
    losses += Survives(found / "history.db", at, acknowledged) ? 0 : 1;
  }
  return losses;
}

TEST(PowerLoss, TakesNothingThatWasAcknowledged) {
  EXPECT_EQ(0, CountLosses(true, Thorough(40, 500)));
}

// That the test above can fail at all.
TEST(PowerLoss, TakesMuchWhereTheDiskOnlySaysThatItHasSynced) {
  EXPECT_LT(5, CountLosses(false, 40));
}

}  // namespace
}  // namespace opstat::store
