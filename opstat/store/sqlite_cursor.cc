#include "opstat/store/sqlite_cursor.h"

#include <sqlite3.h>

namespace opstat::store {

int WhileBusy(std::chrono::milliseconds patience,
              const std::function<int()>& run) {
  using Clock = std::chrono::steady_clock;
  const auto deadline = Clock::now() + patience;
  int code = run();
  while (PrimaryCode(code) == SQLITE_BUSY && Clock::now() < deadline) {
    SleepWithJitter();
    code = run();
  }
  return code;
}

void SqliteCursor::Finalize::operator()(sqlite3_stmt* handle) const {
  sqlite3_finalize(handle);
}

SqliteCursor::SqliteCursor(SqliteDatabase& database, std::string_view sql)
    : database_(database) {
  sqlite3_stmt* handle = nullptr;
  database.Check(WhileBusy(database.patience_, [&] {
    return sqlite3_prepare_v2(database.handle_.get(), sql.data(),
                              static_cast<int>(sql.size()), &handle, nullptr);
  }));
  handle_.reset(handle);
}

bool SqliteCursor::Step() {
  int code = sqlite3_step(handle_.get());
  if (PrimaryCode(code) == SQLITE_BUSY)
    code = WhileBusy(database_.patience_,
                     [&] { return sqlite3_step(handle_.get()); });
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) database_.Check(code);
  return false;
}

void SqliteCursor::Run() {
  while (Step()) {
  }
  Reset();
}

void SqliteCursor::Reset() noexcept { sqlite3_reset(handle_.get()); }

std::int64_t SqliteCursor::Integer(int column) const {
  return sqlite3_column_int64(handle_.get(), column);
}

std::string SqliteCursor::Text(int column) const {
  const unsigned char* text = sqlite3_column_text(handle_.get(), column);
  const int size = sqlite3_column_bytes(handle_.get(), column);
  // With its length: a name may hold a NUL.
  return text ? std::string(text, text + size) : std::string();
}

double SqliteCursor::Real(int column) const {
  return sqlite3_column_double(handle_.get(), column);
}

bool SqliteCursor::IsNull(int column) const {
  return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL;
}

std::span<const std::byte> SqliteCursor::Blob(int column) const {
  const void* data = sqlite3_column_blob(handle_.get(), column);
  const int size = sqlite3_column_bytes(handle_.get(), column);
  return {static_cast<const std::byte*>(data),
          data ? static_cast<std::size_t>(size) : 0};
}

void SqliteCursor::BindAt(int index, std::int64_t value) {
  database_.Check(sqlite3_bind_int64(handle_.get(), index, value));
}

void SqliteCursor::BindAt(int index, double value) {
  // SQLite turns NaN into NULL here.
  database_.Check(sqlite3_bind_double(handle_.get(), index, value));
}

// A null pointer would be stored as NULL, hence "" for an empty view.
void SqliteCursor::BindAt(int index, std::string_view text) {
  database_.Check(
      sqlite3_bind_text64(handle_.get(), index, text.empty() ? "" : text.data(),
                          text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void SqliteCursor::BindAt(int index, std::span<const std::byte> blob) {
  const void* data = blob.empty() ? "" : static_cast<const void*>(blob.data());
  database_.Check(sqlite3_bind_blob64(handle_.get(), index, data, blob.size(),
                                      SQLITE_TRANSIENT));
}

void SqliteCursor::BindAt(int index, std::nullptr_t) {
  database_.Check(sqlite3_bind_null(handle_.get(), index));
}

}  // namespace opstat::store
