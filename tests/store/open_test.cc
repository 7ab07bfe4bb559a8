// What History refuses to open, and what it leaves behind when it does.
#include "opstat/store/open.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "opstat/store/migrations.h"
#include "opstat/store/sqlite.h"
#include "tests/store/fixture.h"

namespace opstat::store {
namespace {

namespace fs = std::filesystem;
using Mode = History::Mode;

constexpr Mode kModes[] = {Mode::kReadOnly, Mode::kReadWrite};

std::string BytesOfFile(const std::string& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored) ? Bytes(path) : "";
}

void ExpectRefused(const std::string& path, Mode mode,
                   const std::string& reason) {
  const std::string before = BytesOfFile(path);
  const Error error = ErrorOf([&] { History(path, mode); });
  const std::string message = error.what();
  EXPECT_NE(std::string::npos, message.find(path)) << message;
  EXPECT_NE(std::string::npos, message.find(reason)) << message;
  EXPECT_EQ(before, BytesOfFile(path));
}

void ExpectRefused(const std::string& path, const std::string& reason) {
  for (const Mode mode : kModes) ExpectRefused(path, mode, reason);
}

// Two runs, closed, so that everything is in the one file.
void Fill(const std::string& path) {
  History history(path, Mode::kReadWrite);
  history.Append(MakeRun("aa"), Summarize);
  history.Append(MakeRun("bb"), Summarize);
}

TEST(OpenHistory, MakesTheFolderAndHidesItFromGit) {
  const TemporaryFolder folder;
  Fill(folder / "deep/.opstat/history.db");
  EXPECT_EQ("*\n", Bytes(folder / "deep/.opstat/.gitignore"));
  EXPECT_FALSE(fs::exists(folder / "deep/.gitignore"));
}

TEST(OpenHistory, LeavesAFolderThatWasThereAsItIs) {
  const TemporaryFolder folder;
  fs::create_directory(folder / ".opstat");
  Fill(folder / ".opstat/history.db");
  EXPECT_FALSE(fs::exists(folder / ".opstat/.gitignore"));
}

TEST(OpenHistory, KeepsAWriteAheadLogDurableWithForeignKeys) {
  const TemporaryFolder folder;
  const auto database = OpenHistory(folder / "history.db", Mode::kReadWrite);
  Statement pragmas(*database,
                    "SELECT journal_mode, synchronous, foreign_keys"
                    " FROM pragma_journal_mode, pragma_synchronous,"
                    " pragma_foreign_keys");
  ASSERT_TRUE(pragmas.Step());
  EXPECT_TRUE(pragmas.Text(0) == "wal" || pragmas.Text(0) == "delete");
  EXPECT_EQ(2, pragmas.Integer(1)) << "FULL";
  EXPECT_EQ(1, pragmas.Integer(2));
}

TEST(OpenHistory, TakesOddFileNamesAsTheyAre) {
  const TemporaryFolder folder;
  for (const char* name : {"a b?mode=memory#x%20", "file:x", "'quote\""}) {
    Fill(folder / name);
    EXPECT_TRUE(fs::exists(folder / name));
    SqliteDatabase immutable(folder / name, SqliteDatabase::Mode::kImmutable);
    Statement count(immutable, "SELECT count(*) FROM run");
    ASSERT_TRUE(count.Step());
    EXPECT_EQ(2, count.Integer(0));
  }
}

TEST(OpenHistory, RefusesAMissingFileToRead) {
  const TemporaryFolder folder;
  const std::string path = folder / "none/history.db";
  const Error error =
      ErrorOf([&] { const History history(path, Mode::kReadOnly); });
  EXPECT_NE(std::string::npos, error.hint().find("--record"));
  EXPECT_FALSE(fs::exists(folder / "none"));
}

TEST(OpenHistory, RefusesWhatIsNotAFile) {
  const TemporaryFolder folder;
  fs::create_directory(folder / "folder");
  ASSERT_EQ(0, mkfifo((folder / "fifo").c_str(), 0600));
  fs::create_symlink("loop", folder / "loop");
  std::ofstream(folder / "file") << "x";
  ExpectRefused(folder / "folder", "is a folder");
  ExpectRefused(folder / "fifo", "not a regular file");
  ExpectRefused(folder / "loop", "symbolic link");
  ExpectRefused(folder / "file/history.db", "");
  ErrorOf([] { History("", Mode::kReadWrite); });
}

TEST(OpenHistory, RefusesATextFile) {
  const TemporaryFolder folder;
  std::ofstream(folder / "text") << std::string(5000, 'x');
  ExpectRefused(folder / "text", "not a database");
}

TEST(OpenHistory, RefusesAnEmptyFileToRead) {
  const TemporaryFolder folder;
  std::ofstream(folder / "empty") << "";
  const std::string path = folder / "empty";
  ErrorOf([&] { History(path, Mode::kReadOnly); });
  EXPECT_EQ(0u, fs::file_size(path));
}

TEST(OpenHistory, RefusesTheDatabaseOfAnotherProgram) {
  const TemporaryFolder folder;
  for (const char* id : {"0", "17"}) {
    const std::string path = folder / id;
    SqliteDatabase other(path, SqliteDatabase::Mode::kReadWrite);
    other.Execute("PRAGMA journal_mode = WAL");
    other.Execute("CREATE TABLE run (id); INSERT INTO run VALUES (1)");
    other.Execute("PRAGMA application_id = " + std::string(id));
    ExpectRefused(path, "another program");
  }
}

TEST(OpenHistory, RefusesANewerSchema) {
  const TemporaryFolder folder;
  const std::string path = folder / "history.db";
  Fill(path);
  SqliteDatabase(path, SqliteDatabase::Mode::kReadWrite)
      .Execute("PRAGMA user_version = 1000");
  ExpectRefused(path, "has schema 1000; this opstat knows");
}

// The state that a newer program leaves when it is killed.
TEST(OpenHistory, LeavesTheLogOfANewerSchemaAsItIs) {
  const TemporaryFolder folder;
  const std::string path = folder / "history.db";
  Fill(path);
  {
    SqliteDatabase newer(path, SqliteDatabase::Mode::kReadWrite);
    newer.CheckpointOnClose(false);
    newer.Execute("PRAGMA journal_mode = WAL");
    newer.Execute("PRAGMA user_version = 1000");
  }
  const std::string log = Bytes(path + "-wal");
  ASSERT_NE("", log);
  ExpectRefused(path, "has schema 1000");
  EXPECT_EQ(log, Bytes(path + "-wal"));
}

// Root may write anywhere, so this is tried as the user "nobody".
int AsNobody(const std::function<int()>& body) {
  return Wait(Fork([&] {
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) return 98;
    return body();
  }));
}

bool Refused(const std::string& path, Mode mode) {
  try {
    History history(path, mode);
    history.List();
    return false;
  } catch (const Error& error) {
    return !error.hint().empty();
  }
}

TEST(OpenHistory, ReadsAReadOnlyFileInAReadOnlyFolder) {
  const TemporaryFolder folder;
  const std::string path = folder / "locked/history.db";
  Fill(path);
  fs::permissions(path, fs::perms(0444));
  fs::permissions(folder / "", fs::perms(0755));
  for (const auto mode : {0555, 0777}) {
    fs::permissions(folder / "locked", fs::perms(mode));
    EXPECT_EQ(0, AsNobody([&] {
                if (History(path, Mode::kReadOnly).Load("aa").id != "aa") {
                  return 1;
                }
                return Refused(path, Mode::kReadWrite) ? 0 : 2;
              }));
  }
  fs::permissions(folder / "locked", fs::perms(0755));
}

TEST(OpenHistory, RefusesAFolderItMayNotWriteTo) {
  const TemporaryFolder folder;
  fs::create_directory(folder / "locked");
  fs::permissions(folder / "", fs::perms(0755));
  fs::permissions(folder / "locked", fs::perms(0555));
  EXPECT_EQ(0, AsNobody([&] {
              if (!Refused(folder / "locked/history.db", Mode::kReadWrite)) {
                return 1;
              }
              return Refused(folder / "locked/.opstat/history.db",
                             Mode::kReadWrite)
                         ? 0
                         : 2;
            }));
  fs::permissions(folder / "locked", fs::perms(0755));
}

// Reads all there is. Damage may go unnoticed; it must not crash.
void ReadAll(const std::string& path, Mode mode) {
  try {
    History history(path, mode);
    for (const RunLine& line : history.List()) {
      history.Load(line.id);
      history.LatestComparison(line.id);
    }
    if (mode == Mode::kReadWrite) history.Append(MakeRun("cc"), Summarize);
  } catch (const Error& error) {
    EXPECT_NE("", error.hint());
  }
}

// A cut within an empty last page loses nothing and may go unnoticed.
TEST(OpenHistory, RefusesATruncatedFileUnlessNothingIsLost) {
  const TemporaryFolder folder;
  Fill(folder / "whole.db");
  const std::string whole = Bytes(folder / "whole.db");
  const std::string path = folder / "part.db";
  for (std::size_t size = 512; size < whole.size(); size += 512) {
    for (const Mode mode : kModes) {
      std::ofstream(path, std::ios::binary) << whole.substr(0, size);
      if (Refused(path, mode)) continue;
      EXPECT_GT(size + 4096, whole.size());
      History history(path, mode);
      EXPECT_EQ(2u, history.List().size());
      ExpectSame(MakeRun("aa"), history.Load("aa"));
      ExpectSame(MakeRun("bb"), history.Load("bb"));
    }
  }
}

TEST(OpenHistory, AddsNothingToAFileWithADamagedPage) {
  const TemporaryFolder folder;
  const std::string path = folder / "history.db";
  Fill(path);
  const std::string whole = Bytes(path);
  for (std::size_t page = 4096; page < whole.size(); page += 4096) {
    std::string damaged = whole;
    damaged.replace(page, 8, 8, '\xff');
    std::ofstream(path, std::ios::binary) << damaged;
    ExpectRefused(path, Mode::kReadWrite, "");
  }
}

TEST(OpenHistory, DoesNotCrashOnDamagedPages) {
  const TemporaryFolder folder;
  Fill(folder / "whole.db");
  const std::string whole = Bytes(folder / "whole.db");
  const std::string path = folder / "damaged.db";
  for (std::size_t at = 0; at < whole.size(); at += at < 100 ? 1 : 311) {
    for (const Mode mode : kModes) {
      std::string damaged = whole;
      damaged[at] = static_cast<char>(~damaged[at]);
      fs::remove(path + "-wal");
      fs::remove(path + "-shm");
      std::ofstream(path, std::ios::binary) << damaged;
      ReadAll(path, mode);
    }
  }
}

TEST(OpenHistory, NamesTheColumnThatCannotBeRead) {
  const TemporaryFolder folder;
  const std::string path = folder / "history.db";
  for (const char* damage :
       {"UPDATE run SET seed = '12x'", "UPDATE run SET facts = '[]'",
        "UPDATE run SET schedule = '[[0.5]]'", "UPDATE run SET warnings = '{'",
        "UPDATE result SET samples = x'0011'"}) {
    fs::remove(path);
    Fill(path);
    SqliteDatabase database(path, SqliteDatabase::Mode::kReadWrite);
    database.Execute("DROP TRIGGER samples_never_change");
    database.Execute("DROP TRIGGER runs_never_change");
    database.Execute(damage);
    History history(path, Mode::kReadOnly);
    const std::string message = ErrorOf([&] { history.Load("aa"); }).what();
    EXPECT_NE(std::string::npos, message.find("damaged: a run's")) << message;
  }
}

// Nothing in the file says which log is its own, so SQLite cannot tell; it must
// not crash, and what it gives must be runs that were stored.
TEST(OpenHistory, GivesWholeRunsBesideTheLogOfAnotherFile) {
  const TemporaryFolder folder;
  Fill(folder / "mine.db");
  const std::string mine = Bytes(folder / "mine.db");
  std::string stale;
  {
    History other(folder / "other.db", Mode::kReadWrite);
    other.Append(MakeRun("cc"), Summarize);
    stale = Bytes(folder / "other.db-wal");
  }
  ASSERT_NE("", stale);
  for (const Mode mode : kModes) {
    const std::string path = folder / "beside.db";
    fs::remove(path + "-shm");
    std::ofstream(path, std::ios::binary) << mine;
    std::ofstream(path + "-wal", std::ios::binary) << stale;
    try {
      History history(path, mode);
      for (const RunLine& line : history.List())
        ExpectSame(MakeRun(line.id), history.Load(line.id));
    } catch (const Error& error) {
      EXPECT_NE("", error.hint());
    }
  }
}

// tests/testdata/store/schema1.db: two runs and a comparison, stored by the
// version that made schema 1 (import and stat --record of known/01_shift5).
TEST(OpenHistory, BringsTheFirstSchemaUpToDate) {
  for (const Mode mode : kModes) {
    const TemporaryFolder folder;
    const std::string path = folder / "history.db";
    fs::copy_file(OPSTAT_TESTDATA "/store/schema1.db", path);
    History history(path, mode);
    const auto lines = history.List();
    ASSERT_EQ(2u, lines.size());
    const benchfmt::Run run = history.Load("7f33ca491ec5");
    ASSERT_EQ(1u, run.benchmarks.size());
    EXPECT_EQ(10u, run.benchmarks[0].Samples());
    EXPECT_EQ(2u, history.FindComparison("latest")->verdicts.size());
    History(path, Mode::kReadWrite).Tag("old", run.id, "t");
    EXPECT_EQ(run.id, history.Load("old").id);
  }
}

// Nothing of opstat's does this; a person with a shell might.
TEST(OpenHistory, LetsNobodyChangeWhatIsStored) {
  const TemporaryFolder folder;
  const std::string path = folder / "history.db";
  Fill(path);
  SqliteDatabase database(path, SqliteDatabase::Mode::kReadWrite);
  for (const char* change :
       {"UPDATE result SET median = 0", "UPDATE run SET label = ''",
        "UPDATE run SET facts = '{}'"})
    EXPECT_NE(std::string::npos,
              std::string(ErrorOf([&] { database.Execute(change); }).what())
                  .find("never change"));
}

}  // namespace
}  // namespace opstat::store
