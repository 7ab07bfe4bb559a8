#include "opstat/store/sqlite.h"

#include <sqlite3.h>

#include <algorithm>
#include <utility>

#include "opstat/benchfmt/error.h"
#include "opstat/store/history.h"
#include "opstat/store/sqlite_cursor.h"

namespace opstat::store {
namespace {

using std::chrono::milliseconds;

// SQLite sleeps and tries again this long by itself. It does not for every lock
// (the switch to WAL returns at once), hence WhileBusy too.
constexpr milliseconds kBusyTimeout{10'000};

std::string HintFor(int code, const std::string& path) {
  switch (PrimaryCode(code)) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "another process is writing to it; try again when it is done";
    case SQLITE_FULL:
    case SQLITE_IOERR:
      return "what was recorded before is intact; free some space on that "
             "disk, or choose another file with --db FILE";
    case SQLITE_NOTADB:
      return "choose another file with --db FILE; a history whose first page "
             "is damaged has to come back from a copy";
    case SQLITE_CORRUPT:
      return "keep the file; what can be read of it: sqlite3 '" + path +
             "' .recover | sqlite3 recovered.db";
    default:
      return "check that the file and its folder are yours to read and write, "
             "or choose another file with --db FILE";
  }
}

[[noreturn]] void Fail(int code, const std::string& path, const char* message) {
  throw Error(Failure::kBadData, "history " + path + ": " + message,
              HintFor(code, path));
}

std::string ImmutableUri(const std::string& path) {
  std::string uri = "file:";
  for (const char c : path) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    if (c == '%' || c == '?' || c == '#') {
      uri += {'%', kHex[byte >> 4], kHex[byte & 15]};
    } else {
      uri += c;
    }
  }
  return uri + "?immutable=1";
}

int OpenFlags(SqliteDatabase::Mode mode) {
  constexpr int kCommon = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  switch (mode) {
    case SqliteDatabase::Mode::kReadWrite:
      return kCommon | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    case SqliteDatabase::Mode::kImmutable:
      return kCommon | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
    default:
      return kCommon | SQLITE_OPEN_READONLY;
  }
}

}  // namespace

std::string SqliteVersion() { return sqlite3_libversion(); }

void SqliteDatabase::Close::operator()(sqlite3* handle) const {
  sqlite3_close_v2(handle);
}

SqliteDatabase::SqliteDatabase(std::string path, Mode mode,
                               milliseconds patience)
    : Database(std::move(path)), patience_(patience) {
  const std::string uri =
      mode == Mode::kImmutable ? ImmutableUri(name()) : name();
  sqlite3* handle = nullptr;
  const int code =
      sqlite3_open_v2(uri.c_str(), &handle, OpenFlags(mode), nullptr);
  handle_.reset(handle);
  Check(code);
  sqlite3_busy_timeout(
      handle, static_cast<int>(std::min(patience, kBusyTimeout).count()));
  // The file may come from a stranger: its schema runs no function that could
  // do harm, and cells are checked before they are used.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  Execute("PRAGMA cell_size_check = ON");
}

bool SqliteDatabase::ReadOnly() const {
  return sqlite3_db_readonly(handle_.get(), "main") == 1;
}

bool SqliteDatabase::InTransaction() const {
  return sqlite3_get_autocommit(handle_.get()) == 0;
}

bool SqliteDatabase::CanMakeWal() noexcept {
  const int code = sqlite3_exec(handle_.get(), "SELECT 1 FROM sqlite_schema",
                                nullptr, nullptr, nullptr);
  return code != SQLITE_READONLY_DIRECTORY &&
         PrimaryCode(code) != SQLITE_CANTOPEN;
}

void SqliteDatabase::CheckpointOnClose(bool on) {
  Check(sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,
                          on ? 0 : 1, nullptr));
}

void SqliteDatabase::Execute(const std::string& sql) {
  Check(WhileBusy(patience_, [&] {
    return sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  }));
}

std::unique_ptr<Cursor> SqliteDatabase::Prepare(std::string_view sql) {
  return std::make_unique<SqliteCursor>(*this, sql);
}

void SqliteDatabase::Begin(Access access) {
  Execute(access == Access::kWrite ? "BEGIN IMMEDIATE" : "BEGIN");
}

void SqliteDatabase::Commit() { Execute("COMMIT"); }

void SqliteDatabase::Rollback() noexcept {
  if (!InTransaction()) return;
  sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void SqliteDatabase::Check(int code) const {
  if (code == SQLITE_OK) return;
  Fail(code, name(),
       handle_ ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code));
}

void SqliteDatabase::Damaged(const std::string& what) const {
  Fail(SQLITE_CORRUPT, name(), ("damaged: " + what).c_str());
}

}  // namespace opstat::store
