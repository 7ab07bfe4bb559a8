#include "opstat/store/postgres.h"

#include "opstat/store/postgres_cursor.h"
#include "opstat/store/postgres_text.h"
#include "opstat/store/transaction.h"

namespace opstat::store {
namespace {

// Answers that may wait to be read.
constexpr int kMostPosted = 256;

// Another transaction came first: the error classes that PostgreSQL says to try
// again, and the keys and tables that two processes made at once.
bool IsConflict(std::string_view state) {
  return state == "40001" || state == "40P01" || state == "23505" ||
         state == "42P07" || state == "42710";
}

std::string HintFor(std::string_view state) {
  if (state.starts_with("28"))
    return "a password comes from PGPASSWORD, ~/.pgpass or the URL";
  if (state == "42501")
    return "ask the owner of the database; docs/FLEET.md lists the rights";
  if (state == "25006") return "this connection only reads";
  if (state == "55P03")
    return "another process is writing the same; try again when it is done";
  if (state.starts_with("53"))
    return "what was recorded before is intact; free some space on the server";
  return "what was acknowledged before is intact; check the URL and that the "
         "server runs, or choose another history with --db";
}

}  // namespace

PostgresDatabase::PostgresDatabase(const std::string& url)
    : Database(WithoutPassword(url, url)), libpq_(LoadLibpq()), url_(url) {
  // What comes later counts: the URL may set the first two, not the last.
  const char* const keywords[] = {"connect_timeout",
                                  "fallback_application_name", "dbname",
                                  "client_encoding", nullptr};
  const char* const values[] = {"10", "opstat", url.c_str(), "UTF8", nullptr};
  connection_.reset(libpq_.PQconnectdbParams(keywords, values, 1));
  if (!connection_) throw std::bad_alloc();
  if (libpq_.PQstatus(connection_.get()) != kConnectionOk)
    Fail("", libpq_.PQerrorMessage(connection_.get()));
  // Notices would go to stderr.
  libpq_.PQsetNoticeReceiver(
      connection_.get(), [](void*, const Libpq::Result*) {}, nullptr);
  const char* const encoding =
      libpq_.PQparameterStatus(connection_.get(), "server_encoding");
  if (encoding != nullptr && std::string_view(encoding) != "UTF8")
    Fail("",
         std::string("the database's encoding is ") + encoding + ", not UTF8");
  Execute("SET lock_timeout = " + std::to_string(kPatience.count()));
}

void PostgresDatabase::Fail(const std::string& state,
                            const std::string& message) {
  std::string text =
      "history " + name() + ": " + WithoutPassword(message, url_);
  while (text.ends_with('\n')) text.pop_back();
  if (IsConflict(state)) throw Conflict(Failure::kBadData, text, "try again");
  throw Error(Failure::kBadData, text, HintFor(state));
}

void PostgresDatabase::Fail(const Libpq::Result* result) {
  const char* const state = libpq_.PQresultErrorField(result, kSqlState);
  const char* const message =
      libpq_.PQresultErrorField(result, kPrimaryMessage);
  // Without a message it is the connection that was lost.
  Fail(state == nullptr ? "" : state,
       message == nullptr ? libpq_.PQerrorMessage(connection_.get()) : message);
}

PostgresDatabase::Result PostgresDatabase::Checked(Libpq::Result* raw) {
  Result result(raw);
  const int status = libpq_.PQresultStatus(raw);
  if (status != kCommandOk && status != kTuplesOk) Fail(raw);
  return result;
}

void PostgresDatabase::Execute(const std::string& sql) {
  Drain();
  Checked(libpq_.PQexec(connection_.get(), sql.c_str()));
}

const std::string& PostgresDatabase::NameOf(std::string_view sql) {
  const auto found = statements_.find(sql);
  if (found != statements_.end()) return found->second;
  Drain();
  const std::string text(sql);
  const std::string name = "s" + std::to_string(statements_.size());
  Checked(libpq_.PQprepare(connection_.get(), name.c_str(), text.c_str(), 0,
                           nullptr));
  return statements_.emplace(text, name).first->second;
}

std::unique_ptr<Cursor> PostgresDatabase::Prepare(std::string_view sql) {
  return std::make_unique<PostgresCursor>(*this, NameOf(sql));
}

PostgresDatabase::Result PostgresDatabase::Query(const std::string& statement,
                                                 const Parameters& parameters) {
  constexpr int kBinary = 1;
  Drain();
  return Checked(libpq_.PQexecPrepared(
      connection_.get(), statement.c_str(),
      static_cast<int>(parameters.values.size()), parameters.values.data(),
      parameters.lengths.data(), parameters.formats.data(), kBinary));
}

void PostgresDatabase::Post(const std::string& statement,
                            const Parameters& parameters) {
  if (posted_ == kMostPosted) Drain();
  if (posted_++ == 0) libpq_.PQenterPipelineMode(connection_.get());
  if (libpq_.PQsendQueryPrepared(
          connection_.get(), statement.c_str(),
          static_cast<int>(parameters.values.size()), parameters.values.data(),
          parameters.lengths.data(), parameters.formats.data(), 1) == 0)
    Fail("", libpq_.PQerrorMessage(connection_.get()));
}

void PostgresDatabase::Drain() {
  if (posted_ == 0) return;
  posted_ = 0;
  libpq_.PQpipelineSync(connection_.get());
  Result failed;
  // A null ends the results of a statement; two end those of all.
  for (bool more = true, ended = false; more;) {
    Result result(libpq_.PQgetResult(connection_.get()));
    const int status = libpq_.PQresultStatus(result.get());
    more = result ? status != kPipelineSync : !ended;
    ended = !result;
    const bool fine = status == kCommandOk || status == kTuplesOk ||
                      status == kPipelineSync || status == kPipelineAborted;
    if (result && !fine && !failed) failed = std::move(result);
  }
  libpq_.PQexitPipelineMode(connection_.get());
  if (failed) Fail(failed.get());
  if (libpq_.PQstatus(connection_.get()) != kConnectionOk)
    Fail("", libpq_.PQerrorMessage(connection_.get()));
}

bool PostgresDatabase::InTransaction() const {
  return libpq_.PQtransactionStatus(connection_.get()) != kTransactionIdle;
}

void PostgresDatabase::Begin(Access access) {
  Execute(access == Access::kWrite
              ? "BEGIN"
              : "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY");
}

void PostgresDatabase::Commit() {
  Drain();
  const Result result = Checked(libpq_.PQexec(connection_.get(), "COMMIT"));
  // What a server says that had to roll back.
  if (std::string_view(libpq_.PQcmdStatus(result.get())) != "COMMIT")
    Fail("", "the transaction was rolled back");
}

void PostgresDatabase::Rollback() noexcept {
  if (!InTransaction()) return;
  try {
    Drain();
  } catch (const std::exception&) {
    // What the transaction failed of has been thrown already.
  }
  const Result result(libpq_.PQexec(connection_.get(), "ROLLBACK"));
}

void PostgresDatabase::Damaged(const std::string& what) const {
  throw Error(Failure::kBadData, "history " + name() + ": damaged: " + what,
              "bring the database back from a copy");
}

}  // namespace opstat::store
