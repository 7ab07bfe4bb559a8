#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace opstat::store {

/// One connection to a SQLite file. Not thread-safe, not carried across fork().
/// Methods throw opstat::Error(kBadData) with the path and SQLite's message.
class Database {
 public:
  enum class Mode {
    kReadOnly,
    kReadWrite,  ///< makes the file when missing, but not its folder
    kImmutable,  ///< reads without locks: only where nobody can write
  };
  static constexpr std::chrono::milliseconds kPatience{60'000};

  /// `patience`: how long a statement waits for other processes' locks.
  Database(std::string path, Mode mode,
           std::chrono::milliseconds patience = kPatience);

  const std::string& path() const { return path_; }
  bool ReadOnly() const;
  bool InTransaction() const;
  /// Rows that the last INSERT, UPDATE or DELETE changed.
  std::int64_t Changes() const;
  /// False where SQLite cannot make the files it needs beside a database in WAL
  /// mode: a folder or a file system that is read-only.
  bool CanMakeWal() noexcept;
  /// While off, closing the connection does not move the write-ahead log into
  /// the file: a file that is refused keeps its bytes.
  void CheckpointOnClose(bool on);

  /// Runs `sql`, without its rows. One statement, or several inside a
  /// transaction: all is tried again while another process holds the lock.
  void Execute(const std::string& sql);
  /// Ends a transaction without its changes; SQLite may have done so already.
  void Rollback() noexcept;

  /// Throws unless `code` is SQLITE_OK.
  void Check(int code) const;
  /// Throws: what the file says cannot have been written by opstat.
  [[noreturn]] void Damaged(const std::string& what) const;

 private:
  friend class Statement;
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  std::string path_;
  std::chrono::milliseconds patience_;
  std::unique_ptr<sqlite3, Close> handle_;
};

/// A prepared statement. Must not outlive its Database.
class Statement {
 public:
  /// `sql` is one statement.
  Statement(Database& database, std::string_view sql);

  /// Binds all parameters in order, copying them, for a first or further run.
  /// NaN and nullopt are stored as NULL, empty texts and blobs as themselves.
  template <typename... Values>
  Statement& Bind(const Values&... values) {
    Reset();
    int index = 0;
    (BindAt(++index, values), ...);
    return *this;
  }
  /// True: the columns hold the next row; false: there is none.
  bool Step();
  /// Steps to the end, for statements without rows.
  void Run();
  /// Ready for another run; ends the read transaction of a row left standing.
  void Reset() noexcept;

  std::int64_t Integer(int column) const;
  std::string Text(int column) const;            ///< NULL: ""
  std::optional<double> Real(int column) const;  ///< NULL: nullopt
  bool IsNull(int column) const;
  /// Valid until the next Step or Reset.
  std::span<const std::byte> Blob(int column) const;

 private:
  void BindAt(int index, std::int64_t value);
  void BindAt(int index, double value);
  void BindAt(int index, const std::optional<double>& value);
  void BindAt(int index, std::string_view text);
  void BindAt(int index, std::span<const std::byte> blob);
  void BindAt(int index, std::nullptr_t);

  struct Finalize {
    void operator()(sqlite3_stmt* handle) const;
  };
  Database& database_;
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

/// All or nothing. kWrite takes the lock at once (BEGIN IMMEDIATE): a reader
/// that turned into a writer could fail with "busy" no matter how long it
/// waits.
class Transaction {
 public:
  enum class Kind { kRead, kWrite };
  Transaction(Database& database, Kind kind);
  /// Rolls back unless committed.
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  /// Returns once the changes are durable.
  void Commit();

 private:
  Database& database_;
};

}  // namespace opstat::store
