#pragma once

#include <memory>

#include "opstat/store/sqlite.h"

struct sqlite3_stmt;

namespace opstat::store {

/// What SQLite's extended result codes have in common.
constexpr int PrimaryCode(int code) { return code & 0xff; }

/// Runs `run` until it is not turned away by another process's lock any more;
/// the last code it gave.
int WhileBusy(std::chrono::milliseconds patience,
              const std::function<int()>& run);

/// A prepared statement of SQLite.
class SqliteCursor final : public Cursor {
 public:
  SqliteCursor(SqliteDatabase& database, std::string_view sql);

  void BindAt(int index, std::int64_t value) override;
  void BindAt(int index, double value) override;
  void BindAt(int index, std::string_view text) override;
  void BindAt(int index, std::span<const std::byte> blob) override;
  void BindAt(int index, std::nullptr_t) override;
  bool Step() override;
  void Run() override;
  void Reset() noexcept override;
  std::int64_t Integer(int column) const override;
  std::string Text(int column) const override;
  double Real(int column) const override;
  bool IsNull(int column) const override;
  std::span<const std::byte> Blob(int column) const override;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* handle) const;
  };
  SqliteDatabase& database_;
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

}  // namespace opstat::store
