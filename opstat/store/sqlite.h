#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "opstat/store/database.h"
#include "opstat/store/transaction.h"

struct sqlite3;

namespace opstat::store {

/// A SQLite file.
class SqliteDatabase final : public Database {
 public:
  enum class Mode {
    kReadOnly,
    kReadWrite,  ///< makes the file when missing, but not its folder
    kImmutable,  ///< reads without locks: only where nobody can write
  };

  /// `patience`: how long a statement waits for other processes' locks.
  SqliteDatabase(std::string path, Mode mode,
                 std::chrono::milliseconds patience = kPatience);

  const std::string& path() const { return name(); }
  bool ReadOnly() const;
  bool InTransaction() const;
  /// False where SQLite cannot make the files it needs beside a database in WAL
  /// mode: a folder or a file system that is read-only.
  bool CanMakeWal() noexcept;
  /// While off, closing the connection does not move the write-ahead log into
  /// the file: a file that is refused keeps its bytes.
  void CheckpointOnClose(bool on);

  Dialect dialect() const override { return Dialect::kSqlite; }
  /// Tried again while another process holds the lock; several statements only
  /// inside a transaction.
  void Execute(const std::string& sql) override;
  std::unique_ptr<Cursor> Prepare(std::string_view sql) override;
  void Begin(Access access) override;
  void Commit() override;
  void Rollback() noexcept override;
  [[noreturn]] void Damaged(const std::string& what) const override;

  /// Throws unless `code` is SQLITE_OK.
  void Check(int code) const;

 private:
  friend class SqliteCursor;
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  std::chrono::milliseconds patience_;
  std::unique_ptr<sqlite3, Close> handle_;
};

}  // namespace opstat::store
