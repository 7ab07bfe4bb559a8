#include "opstat/store/sqlite.h"

#include <sqlite3.h>

#include <algorithm>
#include <random>
#include <thread>
#include <utility>

#include "opstat/benchfmt/error.h"

namespace opstat::store {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// SQLite sleeps and tries again this long by itself. It does not for every lock
// (the switch to WAL returns at once), hence WhileBusy.
constexpr milliseconds kBusyTimeout{10'000};

int PrimaryCode(int code) { return code & 0xff; }

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

// Writers that were turned away together must not come back together.
void SleepWithJitter() {
  thread_local std::minstd_rand random{std::random_device{}()};
  std::uniform_int_distribution<int> delay(5, 50);
  std::this_thread::sleep_for(milliseconds(delay(random)));
}

// Runs `run` until it is not turned away by another process's lock any more.
template <typename Run>
int WhileBusy(milliseconds patience, Run run) {
  const auto deadline = Clock::now() + patience;
  int code = run();
  while (PrimaryCode(code) == SQLITE_BUSY && Clock::now() < deadline) {
    SleepWithJitter();
    code = run();
  }
  return code;
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

int OpenFlags(Database::Mode mode) {
  constexpr int kCommon = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  switch (mode) {
    case Database::Mode::kReadWrite:
      return kCommon | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    case Database::Mode::kImmutable:
      return kCommon | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
    default:
      return kCommon | SQLITE_OPEN_READONLY;
  }
}

}  // namespace

void Database::Close::operator()(sqlite3* handle) const {
  sqlite3_close_v2(handle);
}

Database::Database(std::string path, Mode mode, milliseconds patience)
    : path_(std::move(path)), patience_(patience) {
  const std::string name =
      mode == Mode::kImmutable ? ImmutableUri(path_) : path_;
  sqlite3* handle = nullptr;
  const int code =
      sqlite3_open_v2(name.c_str(), &handle, OpenFlags(mode), nullptr);
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

bool Database::ReadOnly() const {
  return sqlite3_db_readonly(handle_.get(), "main") == 1;
}

bool Database::InTransaction() const {
  return sqlite3_get_autocommit(handle_.get()) == 0;
}

std::int64_t Database::Changes() const {
  return sqlite3_changes64(handle_.get());
}

bool Database::CanMakeWal() noexcept {
  const int code = sqlite3_exec(handle_.get(), "SELECT 1 FROM sqlite_schema",
                                nullptr, nullptr, nullptr);
  return code != SQLITE_READONLY_DIRECTORY &&
         PrimaryCode(code) != SQLITE_CANTOPEN;
}

void Database::CheckpointOnClose(bool on) {
  Check(sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,
                          on ? 0 : 1, nullptr));
}

void Database::Execute(const std::string& sql) {
  Check(WhileBusy(patience_, [&] {
    return sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  }));
}

void Database::Rollback() noexcept {
  if (!InTransaction()) return;
  sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Database::Check(int code) const {
  if (code == SQLITE_OK) return;
  Fail(code, path_,
       handle_ ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code));
}

void Database::Damaged(const std::string& what) const {
  Fail(SQLITE_CORRUPT, path_, ("damaged: " + what).c_str());
}

void Statement::Finalize::operator()(sqlite3_stmt* handle) const {
  sqlite3_finalize(handle);
}

Statement::Statement(Database& database, std::string_view sql)
    : database_(database) {
  sqlite3_stmt* handle = nullptr;
  database.Check(WhileBusy(database.patience_, [&] {
    return sqlite3_prepare_v2(database.handle_.get(), sql.data(),
                              static_cast<int>(sql.size()), &handle, nullptr);
  }));
  handle_.reset(handle);
}

bool Statement::Step() {
  const int code = WhileBusy(database_.patience_,
                             [&] { return sqlite3_step(handle_.get()); });
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) database_.Check(code);
  return false;
}

void Statement::Run() {
  while (Step()) {
  }
  Reset();
}

void Statement::Reset() noexcept { sqlite3_reset(handle_.get()); }

std::int64_t Statement::Integer(int column) const {
  return sqlite3_column_int64(handle_.get(), column);
}

std::string Statement::Text(int column) const {
  const unsigned char* text = sqlite3_column_text(handle_.get(), column);
  const int size = sqlite3_column_bytes(handle_.get(), column);
  // With its length: a name may hold a NUL.
  return text ? std::string(text, text + size) : std::string();
}

std::optional<double> Statement::Real(int column) const {
  if (IsNull(column)) return std::nullopt;
  return sqlite3_column_double(handle_.get(), column);
}

bool Statement::IsNull(int column) const {
  return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL;
}

std::span<const std::byte> Statement::Blob(int column) const {
  const void* data = sqlite3_column_blob(handle_.get(), column);
  const int size = sqlite3_column_bytes(handle_.get(), column);
  return {static_cast<const std::byte*>(data),
          data ? static_cast<std::size_t>(size) : 0};
}

void Statement::BindAt(int index, std::int64_t value) {
  database_.Check(sqlite3_bind_int64(handle_.get(), index, value));
}

void Statement::BindAt(int index, double value) {
  // SQLite turns NaN into NULL here.
  database_.Check(sqlite3_bind_double(handle_.get(), index, value));
}

void Statement::BindAt(int index, const std::optional<double>& value) {
  value ? BindAt(index, *value) : BindAt(index, nullptr);
}

// A null pointer would be stored as NULL, hence "" for an empty view.
void Statement::BindAt(int index, std::string_view text) {
  database_.Check(
      sqlite3_bind_text64(handle_.get(), index, text.empty() ? "" : text.data(),
                          text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::BindAt(int index, std::span<const std::byte> blob) {
  const void* data = blob.empty() ? "" : static_cast<const void*>(blob.data());
  database_.Check(sqlite3_bind_blob64(handle_.get(), index, data, blob.size(),
                                      SQLITE_TRANSIENT));
}

void Statement::BindAt(int index, std::nullptr_t) {
  database_.Check(sqlite3_bind_null(handle_.get(), index));
}

Transaction::Transaction(Database& database, Kind kind) : database_(database) {
  database.Execute(kind == Kind::kWrite ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction() { database_.Rollback(); }

void Transaction::Commit() { database_.Execute("COMMIT"); }

}  // namespace opstat::store
