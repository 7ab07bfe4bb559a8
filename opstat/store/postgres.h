#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "opstat/store/database.h"
#include "opstat/store/libpq.h"

namespace opstat::store {

/// A database on a PostgreSQL server, or on one that speaks its protocol and
/// the part of its dialect that docs/FLEET.md lists.
class PostgresDatabase final : public Database {
 public:
  /// Connects, at most ten seconds long unless the URL has its own
  /// connect_timeout. A password comes from the URL, PGPASSWORD or ~/.pgpass.
  explicit PostgresDatabase(const std::string& url);

  Dialect dialect() const override { return Dialect::kPostgres; }
  void Execute(const std::string& sql) override;
  std::unique_ptr<Cursor> Prepare(std::string_view sql) override;
  void Begin(Access access) override;
  void Commit() override;
  void Rollback() noexcept override;
  [[noreturn]] void Damaged(const std::string& what) const override;

 private:
  friend class PostgresCursor;
  using Connection = Libpq::Connection;
  struct Clear {
    void operator()(Libpq::Result* result) const {
      LoadLibpq().PQclear(result);
    }
  };
  using Result = std::unique_ptr<Libpq::Result, Clear>;
  struct Parameters {
    std::vector<const char*> values;
    std::vector<int> lengths, formats;
  };
  struct Finish {
    void operator()(Connection* connection) const {
      LoadLibpq().PQfinish(connection);
    }
  };

  Result Checked(Libpq::Result* result);
  bool InTransaction() const;
  [[noreturn]] void Fail(const Libpq::Result* result);
  [[noreturn]] void Fail(const std::string& state, const std::string& message);
  /// The server's name for a statement, which it prepares once.
  const std::string& NameOf(std::string_view sql);
  Result Query(const std::string& statement, const Parameters& parameters);
  /// Sends without waiting for the answer, which Drain takes.
  void Post(const std::string& statement, const Parameters& parameters);
  void Drain();

  const Libpq& libpq_;
  std::string url_;
  std::unique_ptr<Connection, Finish> connection_;
  std::map<std::string, std::string, std::less<>> statements_;  // names by SQL
  int posted_ = 0;
};

}  // namespace opstat::store
