#pragma once

#include <chrono>
#include <functional>
#include <type_traits>

#include "opstat/store/database.h"

namespace opstat::store {

/// Another process's transaction came in between: nothing was changed, and the
/// same again will do.
class Conflict : public Error {
  using Error::Error;
};

/// How long a process waits for others before it gives up.
constexpr std::chrono::milliseconds kPatience{60'000};

/// All or nothing. With Access::kWrite SQLite takes its lock at once (BEGIN
/// IMMEDIATE): a reader that turned into a writer could fail with "busy" no
/// matter how long it waits.
class Transaction {
 public:
  using Access = Database::Access;
  Transaction(Database& database, Access access) : database_(database) {
    database.Begin(access);
  }
  /// Rolls back unless committed.
  ~Transaction() { database_.Rollback(); }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  /// Returns once the changes are durable.
  void Commit() { database_.Commit(); }

 private:
  Database& database_;
};

/// Sleeps some milliseconds, at random: processes that were turned away
/// together must not come back together.
void SleepWithJitter();

/// Runs `attempt` again while it meets a Conflict, for as long as kPatience.
void WhileConflicting(const std::function<void()>& attempt);

/// What `body` gives, run in one transaction; run again after a Conflict.
template <typename Body>
auto InTransaction(Database& database, Database::Access access, Body body) {
  std::optional<std::invoke_result_t<Body>> result;
  WhileConflicting([&] {
    Transaction transaction(database, access);
    result.emplace(body());
    transaction.Commit();
  });
  return *std::move(result);
}

}  // namespace opstat::store
