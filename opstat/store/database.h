#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "opstat/benchfmt/error.h"

namespace opstat::store {

/// A prepared statement as one kind of database runs it; see Statement.
class Cursor {
 public:
  virtual ~Cursor() = default;

  virtual void BindAt(int index, std::int64_t value) = 0;
  virtual void BindAt(int index, double value) = 0;
  virtual void BindAt(int index, std::string_view text) = 0;
  virtual void BindAt(int index, std::span<const std::byte> blob) = 0;
  virtual void BindAt(int index, std::nullptr_t) = 0;

  virtual bool Step() = 0;
  virtual void Run() = 0;
  virtual void Reset() noexcept = 0;

  virtual std::int64_t Integer(int column) const = 0;
  virtual std::string Text(int column) const = 0;
  virtual double Real(int column) const = 0;
  virtual bool IsNull(int column) const = 0;
  virtual std::span<const std::byte> Blob(int column) const = 0;
};

/// One connection to the database of a history. Not thread-safe, not carried
/// across fork(). Methods, and those of its statements, throw
/// opstat::Error(kBadData) with its name and the database's message.
class Database {
 public:
  enum class Dialect { kSqlite, kPostgres };
  enum class Access { kRead, kWrite };

  explicit Database(std::string name) : name_(std::move(name)) {}
  virtual ~Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// What messages call it: a path, or a URL without its password.
  const std::string& name() const { return name_; }
  virtual Dialect dialect() const = 0;

  /// Runs `sql`, one statement or several, without its rows.
  virtual void Execute(const std::string& sql) = 0;
  virtual std::unique_ptr<Cursor> Prepare(std::string_view sql) = 0;

  virtual void Begin(Access access) = 0;
  /// Returns once the changes are durable.
  virtual void Commit() = 0;
  /// Ends a transaction without its changes; the database may have done so
  /// already.
  virtual void Rollback() noexcept = 0;

  /// Throws: what the database says cannot have been written by opstat.
  [[noreturn]] virtual void Damaged(const std::string& what) const = 0;

 private:
  std::string name_;
};

/// A prepared statement. Must not outlive its Database.
class Statement {
 public:
  /// `sql` is one statement. Its parameters are $1, $2, ... and first appear in
  /// that order, which is what both dialects read alike.
  Statement(Database& database, std::string_view sql)
      : cursor_(database.Prepare(sql)) {}

  /// Binds all parameters in order, copying them, for a first or further run.
  /// NaN and nullopt are stored as NULL, empty texts and blobs as themselves.
  template <typename... Values>
  Statement& Bind(const Values&... values) {
    Reset();
    int index = 0;
    (BindAt(++index, values), ...);
    return *this;
  }
  /// For statements whose number of parameters is only known when it runs:
  /// Reset() first, then each.
  template <typename Value>
  void BindAt(int index, const Value& value) {
    cursor_->BindAt(index, value);
  }
  void BindAt(int index, const std::string& text) {
    cursor_->BindAt(index, std::string_view(text));
  }
  void BindAt(int index, const std::optional<double>& value) {
    value ? cursor_->BindAt(index, *value) : cursor_->BindAt(index, nullptr);
  }

  /// True: the columns hold the next row; false: there is none.
  bool Step() { return cursor_->Step(); }
  /// Runs a statement without rows. Within a transaction its error may come
  /// with a later statement, with the commit at the latest.
  void Run() { cursor_->Run(); }
  /// Ready for another run; ends the read transaction of a row left standing.
  void Reset() noexcept { cursor_->Reset(); }

  std::int64_t Integer(int column) const { return cursor_->Integer(column); }
  /// NULL: "".
  std::string Text(int column) const { return cursor_->Text(column); }
  /// NULL: nullopt.
  std::optional<double> Real(int column) const {
    // Either database reads NULL as 0: one look for nearly all.
    const double value = cursor_->Real(column);
    if (value == 0 && IsNull(column)) return std::nullopt;
    return value;
  }
  bool IsNull(int column) const { return cursor_->IsNull(column); }
  /// Valid until the next Step or Reset.
  std::span<const std::byte> Blob(int column) const {
    return cursor_->Blob(column);
  }

 private:
  std::unique_ptr<Cursor> cursor_;
};

}  // namespace opstat::store
