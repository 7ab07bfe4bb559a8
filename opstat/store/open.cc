#include "opstat/store/open.h"

#include <sys/vfs.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "opstat/benchfmt/error.h"
#include "opstat/store/migrations.h"
#include "opstat/store/postgres.h"
#include "opstat/store/postgres_text.h"
#include "opstat/store/sqlite.h"

namespace opstat::store {
namespace {

namespace fs = std::filesystem;

constexpr const char* kHint = "choose another file with --db FILE or OPSTAT_DB";

[[noreturn]] void Refuse(const fs::path& path, const std::string& why,
                         const std::string& hint = kHint) {
  throw Error(Failure::kBadData, "history " + path.string() + ": " + why, hint);
}

// Made by whoever records first, so that a history is not committed by
// accident.
void MakeFolderOf(const fs::path& path) {
  const fs::path folder = path.parent_path();
  std::error_code error;
  const bool made = fs::create_directories(folder, error);
  if (error) Refuse(path, "cannot make its folder: " + error.message());
  if (made && folder.filename() == ".opstat") {
    std::ofstream(folder / ".gitignore") << "*\n";
  }
}

// A FIFO would block, and SQLite's own message for a folder does not say so.
void CheckPath(const fs::path& path, History::Mode mode) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) {
    if (mode == History::Mode::kReadOnly) {
      Refuse(path, "no such file",
             "record a run first: opstat run --record -- PROGRAM");
    }
    MakeFolderOf(path);
  } else if (error) {
    Refuse(path, error.message());
  } else if (!fs::is_regular_file(status)) {
    Refuse(path, fs::is_directory(status) ? "is a folder, not a file"
                                          : "is not a regular file");
  }
}

// The write-ahead log's index is shared memory, which other machines (and, on
// an overlay, other containers) do not see.
bool SharedBetweenMachines(const fs::path& path) {
  constexpr std::uint32_t kMagic[] = {
      0x6969,      // NFS
      0x517b,      // SMB
      0xff534d42,  // CIFS
      0xfe534d42,  // SMB2
      0x01021997,  // 9P
      0x65735546,  // FUSE
      0x794c7630,  // overlay
  };
  struct statfs info;
  if (statfs(path.c_str(), &info) != 0) return false;
  const auto type = static_cast<std::uint32_t>(info.f_type);
  return std::find(std::begin(kMagic), std::end(kMagic), type) !=
         std::end(kMagic);
}

// Where SQLite has no shared memory at all, it keeps the rollback journal.
void ChooseJournal(SqliteDatabase& database) {
  database.Execute(SharedBetweenMachines(database.path())
                       ? "PRAGMA journal_mode = DELETE"
                       : "PRAGMA journal_mode = WAL");
}

// Reads the whole file, about 1 ms a megabyte: worth it before adding to it.
// Readers do without; SQLite tells them of damage when they come upon it.
void CheckSound(Database& database) {
  Statement check(database, "PRAGMA quick_check(1)");
  check.Step();
  if (check.Text(0) != "ok") database.Damaged(check.Text(0));
}

std::unique_ptr<Database> OpenToWrite(const fs::path& path) {
  auto database = std::make_unique<SqliteDatabase>(
      path.string(), SqliteDatabase::Mode::kReadWrite);
  // Until it is known to be ours, closing it must not write to it.
  database->CheckpointOnClose(false);
  CheckIsHistory(*database);
  if (database->ReadOnly()) Refuse(path, "the file is not writable");
  CheckSound(*database);
  database->CheckpointOnClose(true);
  Migrate(*database, Migrations(database->dialect()));
  ChooseJournal(*database);
  database->Execute("PRAGMA synchronous = FULL");
  database->Execute("PRAGMA foreign_keys = ON");
  return database;
}

bool IsOlder(Database& database) {
  return SchemaVersion(database) <
         static_cast<std::int64_t>(Migrations(database.dialect()).size());
}

[[noreturn]] void RefuseOlder(const Database& database) {
  Refuse(database.name(), "empty, or of an older opstat",
         "record a run into it to bring it up to date: "
         "opstat run --record -- PROGRAM");
}

std::unique_ptr<Database> OpenToRead(const fs::path& path) {
  auto database = std::make_unique<SqliteDatabase>(
      path.string(), SqliteDatabase::Mode::kReadOnly);
  if (!database->CanMakeWal() && !fs::exists(path.string() + "-wal")) {
    database = std::make_unique<SqliteDatabase>(
        path.string(), SqliteDatabase::Mode::kImmutable);
  }
  CheckIsHistory(*database);
  if (!IsOlder(*database)) return database;
  if (SchemaVersion(*database) == 0) RefuseOlder(*database);
  database.reset();
  OpenToWrite(path);
  return OpenToRead(path);
}

std::unique_ptr<Database> OpenServer(const std::string& url,
                                     History::Mode mode) {
  auto database = std::make_unique<PostgresDatabase>(url);
  CheckIsHistory(*database);
  if (mode == History::Mode::kReadOnly) {
    if (IsOlder(*database)) RefuseOlder(*database);
    database->Execute("SET default_transaction_read_only = on");
  } else {
    Migrate(*database, Migrations(database->dialect()));
  }
  return database;
}

}  // namespace

std::unique_ptr<Database> OpenHistory(const std::string& path,
                                      History::Mode mode) {
  if (path.empty()) Refuse(path, "the path is empty");
  if (IsPostgresUrl(path)) return OpenServer(path, mode);
  // Absolute: SQLite would read ":memory:" as no file at all.
  const fs::path absolute = fs::absolute(path);
  CheckPath(absolute, mode);
  return mode == History::Mode::kReadWrite ? OpenToWrite(absolute)
                                           : OpenToRead(absolute);
}

}  // namespace opstat::store
