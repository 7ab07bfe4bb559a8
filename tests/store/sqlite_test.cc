#include "opstat/store/sqlite.h"

#include <gtest/gtest.h>

#include "opstat/store/migrations.h"
#include "tests/store/fixture.h"

namespace opstat::store {
namespace {

using std::chrono::milliseconds;
using Mode = SqliteDatabase::Mode;
using Access = Database::Access;

std::int64_t Count(Database& database, const std::string& table) {
  Statement count(database, "SELECT count(*) FROM " + table);
  EXPECT_TRUE(count.Step());
  return count.Integer(0);
}

TEST(Transaction, RollsBackUnlessCommitted) {
  const TemporaryFolder folder;
  SqliteDatabase database(folder / "db", Mode::kReadWrite);
  database.Execute("CREATE TABLE t (x)");
  {
    Transaction transaction(database, Access::kWrite);
    database.Execute("INSERT INTO t VALUES (1)");
  }
  EXPECT_EQ(0, Count(database, "t"));
  {
    Transaction transaction(database, Access::kWrite);
    database.Execute("INSERT INTO t VALUES (1)");
    transaction.Commit();
  }
  EXPECT_EQ(1, Count(database, "t"));
}

TEST(Transaction, EndsQuietlyWhenSqliteHasRolledBackAlready) {
  const TemporaryFolder folder;
  SqliteDatabase database(folder / "db", Mode::kReadWrite);
  database.Execute("CREATE TABLE t (x UNIQUE); INSERT INTO t VALUES (1)");
  {
    Transaction transaction(database, Access::kWrite);
    ErrorOf([&] { database.Execute("INSERT OR ROLLBACK INTO t VALUES (1)"); });
    EXPECT_FALSE(database.InTransaction());
  }
  EXPECT_EQ(1, Count(database, "t"));
}

TEST(Database, GivesUpOnALockThatIsHeldTooLong) {
  const TemporaryFolder folder;
  SqliteDatabase holder(folder / "db", Mode::kReadWrite);
  const Transaction lock(holder, Access::kWrite);
  SqliteDatabase other(folder / "db", Mode::kReadWrite, milliseconds(1));
  const Error error =
      ErrorOf([&] { Transaction transaction(other, Access::kWrite); });
  EXPECT_NE(std::string::npos, std::string(error.what()).find("locked"));
  EXPECT_NE(std::string::npos, error.hint().find("another process"));
}

TEST(Statement, TellsNullFromEmpty) {
  const TemporaryFolder folder;
  SqliteDatabase database(folder / "db", Mode::kReadWrite);
  Statement row(database, "SELECT $1, $2, $3, $4");
  row.Bind(std::string_view(), std::span<const std::byte>(), nullptr,
           std::optional<double>());
  ASSERT_TRUE(row.Step());
  EXPECT_FALSE(row.IsNull(0));
  EXPECT_FALSE(row.IsNull(1));
  EXPECT_TRUE(row.IsNull(2));
  EXPECT_EQ(std::nullopt, row.Real(3));
}

TEST(Migrate, KeepsTheOldSchemaWhenAStepFails) {
  const TemporaryFolder folder;
  SqliteDatabase database(folder / "db", Mode::kReadWrite);
  const char* const good[] = {"CREATE TABLE a (x)"};
  const char* const bad[] = {"CREATE TABLE a (x)",
                             "CREATE TABLE b (x); CREATE TABLE a (x)"};
  Migrate(database, good);
  EXPECT_EQ(1, SchemaVersion(database));
  ErrorOf([&] { Migrate(database, bad); });
  EXPECT_EQ(1, SchemaVersion(database));
  EXPECT_EQ(0, Count(database, "sqlite_schema WHERE name = 'b'"));
}

TEST(Migrate, TakesOnlyTheStepsThatAreMissing) {
  const TemporaryFolder folder;
  SqliteDatabase database(folder / "db", Mode::kReadWrite);
  const char* const steps[] = {"CREATE TABLE a (x)", "CREATE TABLE b (x)"};
  Migrate(database, std::span(steps).first(1));
  Migrate(database, steps);
  Migrate(database, steps);
  EXPECT_EQ(2, SchemaVersion(database));
  EXPECT_EQ(0, Count(database, "b"));
}

}  // namespace
}  // namespace opstat::store
