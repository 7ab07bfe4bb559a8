// What is PostgreSQL's own: its URL and its text, its errors, many runners.
#include "tests/store/server.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "opstat/store/migrations.h"
#include "opstat/store/open.h"
#include "opstat/store/postgres.h"
#include "opstat/store/postgres_text.h"
#include "opstat/store/schema.h"
#include "opstat/store/transaction.h"

namespace opstat::store {
namespace {

using Mode = History::Mode;

TEST(PostgresText, HoldsAnyBytes) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  for (const std::string& bytes :
       {all, all + "\xe2\x82", std::string("nul\0inside", 10),
        std::string("\x1a"),
        std::string("\x1a"
                    "00"),
        std::string()}) {
    const std::string text = ToPostgresText(bytes);
    EXPECT_EQ(std::string::npos, text.find('\0'));
    EXPECT_EQ(bytes, FromPostgresText(text));
  }
  EXPECT_EQ("µ \\ ' \" \n {}", ToPostgresText("µ \\ ' \" \n {}"));
  EXPECT_EQ(
      "a\x1a"
      "00"
      "b\x1a"
      "ff",
      ToPostgresText(std::string("a\0b\xff", 4)));
}

TEST(PostgresUrl, ShowsNoPassword) {
  const struct {
    std::string url, shown;
  } cases[] = {
      {"postgresql://u@h/d", "postgresql://u@h/d"},
      {"postgresql://h:5432/d", "postgresql://h:5432/d"},
      {"postgresql://u:secret@h:5432/d", "postgresql://u:***@h:5432/d"},
      {"postgresql://u:se/cr@et@h/d", "postgresql://u:***@h/d"},
      {"postgres:///d?user=u&password=secret&host=h",
       "postgres:///d?user=u&password=***&host=h"},
      {"postgresql://u:abc@h/d?sslpassword=abcd",
       "postgresql://u:***@h/d?sslpassword=***"},
  };
  for (const auto& [url, shown] : cases) {
    EXPECT_TRUE(IsPostgresUrl(url));
    EXPECT_EQ(shown, WithoutPassword(url, url));
  }
  EXPECT_FALSE(IsPostgresUrl("history.db"));
}

TEST(PostgresUrl, KeepsThePasswordOutOfErrors) {
  for (const std::string url :
       {"postgresql://u:se:cret@nowhere.invalid/d",
        "postgresql://u:se:cret@h:port/d", "postgresql://u:se/cret@h/d",
        "postgresql://u:se%zzcret@h/d",
        "postgresql://h/d?password=se:cret&x"}) {
    const Error error = ErrorOf([&] { History(url, Mode::kReadOnly); });
    const std::string text = error.what() + error.hint();
    EXPECT_EQ(std::string::npos, text.find("cret")) << text;
    EXPECT_NE(std::string::npos, text.find("***")) << text;
  }
}

// Where the server is, nobody needs to know which statement failed.
TEST(PostgresDatabase, SaysThatNobodyAnswers) {
  const TemporaryFolder folder;
  const Error error = ErrorOf([&] {
    History("postgresql://u@/d?host=" + (folder / ""), Mode::kReadWrite);
  });
  EXPECT_NE(std::string::npos, std::string(error.what()).find("No such file"));
  EXPECT_NE(std::string::npos, error.hint().find("the server runs"));
}

TEST(PostgresDatabase, RefusesAnotherProgramsTables) {
  const std::string url = Server::Shared().NewUrl();
  PostgresDatabase(url).Execute("CREATE TABLE tag (id int)");
  for (const Mode mode : {Mode::kReadOnly, Mode::kReadWrite}) {
    const Error error = ErrorOf([&] { History(url, mode); });
    EXPECT_NE(std::string::npos,
              std::string(error.what()).find("another program"));
  }
}

TEST(PostgresDatabase, RefusesANewerSchema) {
  const std::string url = Server::Shared().NewUrl();
  History(url, Mode::kReadWrite).Append(MakeRun("aa"), Summarize);
  PostgresDatabase(url).Execute("INSERT INTO opstat_schema VALUES (1000)");
  for (const Mode mode : {Mode::kReadOnly, Mode::kReadWrite}) {
    const Error error = ErrorOf([&] { History(url, mode); });
    EXPECT_NE(std::string::npos,
              std::string(error.what()).find("has schema 1000"));
  }
}

TEST(PostgresDatabase, BringsTheFirstSchemaUpToDate) {
  const std::string url = Server::Shared().NewUrl();
  PostgresDatabase database(url);
  Migrate(database, PostgresMigrations().first(1));
  History history(url, Mode::kReadWrite);
  history.Append(MakeRun("aa"), Summarize);
  EXPECT_EQ(static_cast<std::int64_t>(PostgresMigrations().size()),
            SchemaVersion(database));
  ExpectSame(MakeRun("aa"), history.Load("aa"));
}

TEST(PostgresDatabase, RefusesAnEmptyOneToRead) {
  const std::string url = Server::Shared().NewUrl();
  const Error error = ErrorOf([&] { History(url, Mode::kReadOnly); });
  EXPECT_NE(std::string::npos, error.hint().find("--record"));
}

TEST(PostgresDatabase, RefusesAnEncodingThatIsNotUnicode) {
  PostgresDatabase(Server::Shared().Url())
      .Execute("CREATE DATABASE ascii ENCODING 'SQL_ASCII' TEMPLATE template0");
  std::string url = Server::Shared().Url();
  url.replace(url.find("/postgres?"), 10, "/ascii?");
  const Error error = ErrorOf([&] { History(url, Mode::kReadWrite); });
  EXPECT_NE(std::string::npos, std::string(error.what()).find("SQL_ASCII"));
}

TEST(PostgresDatabase, ReportsAtCommitWhatWentWrongBefore) {
  PostgresDatabase database(Server::Shared().NewUrl());
  database.Execute("CREATE TABLE t (x BIGINT CHECK (x < 3))");
  {
    Transaction transaction(database, Database::Access::kWrite);
    Statement insert(database, "INSERT INTO t VALUES ($1)");
    for (std::int64_t x = 1; x < 5; ++x) insert.Bind(x).Run();
    EXPECT_THROW(transaction.Commit(), Error);
  }
  Statement count(database, "SELECT count(*) FROM t");
  ASSERT_TRUE(count.Step());
  EXPECT_EQ(0, count.Integer(0));
}

TEST(PostgresDatabase, RunsATransactionAgainThatAnotherOneDisturbed) {
  const std::string url = Server::Shared().NewUrl();
  PostgresDatabase mine(url), other(url);
  mine.Execute("CREATE TABLE t (x BIGINT)");
  mine.Execute("INSERT INTO t VALUES (0)");
  int attempts = 0;
  InTransaction(mine, Database::Access::kWrite, [&] {
    mine.Execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
    Statement read(mine, "SELECT x FROM t");
    read.Step();
    const std::int64_t x = read.Integer(0);
    if (++attempts == 1) other.Execute("UPDATE t SET x = 10");
    Statement(mine, "UPDATE t SET x = $1").Bind(x + 1).Run();
    return true;
  });
  EXPECT_EQ(2, attempts);
  Statement read(other, "SELECT x FROM t");
  ASSERT_TRUE(read.Step());
  EXPECT_EQ(11, read.Integer(0));
}

TEST(PostgresDatabase, KeepsNothingByHalfWhenTheServerHangsUp) {
  const std::string url = Server::Shared().NewUrl();
  History history(url, Mode::kReadWrite);
  history.Append(MakeRun("aa"), Summarize);
  int calls = 0;
  const auto hangs_up = [&](const benchfmt::Measurement& measurement) {
    if (++calls == 4)
      PostgresDatabase(url).Execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
          " WHERE pid <> pg_backend_pid()");
    return Summarize(measurement);
  };
  const Error error = ErrorOf([&] { history.Append(MakeRun("bb"), hangs_up); });
  EXPECT_NE(std::string::npos, error.hint().find("acknowledged"))
      << error.what();
  History again(url, Mode::kReadWrite);
  EXPECT_EQ(1u, again.List().size());
  EXPECT_TRUE(again.Append(MakeRun("bb"), Summarize));
}

// All race to make the tables, too, and to make the same series.
TEST(PostgresDatabase, HoldsTwentyRunnersAtOnce) {
  constexpr int kRunners = 20, kRuns = 5;
  const std::string url = Server::Shared().NewUrl();
  std::vector<int> pids;
  for (int runner = 0; runner < kRunners; ++runner) {
    pids.push_back(Fork([&] {
      for (int run = 0; run < kRuns; ++run) {
        History history(url, Mode::kReadWrite);
        const std::string id =
            std::to_string(runner) + "-" + std::to_string(run) + "-end";
        benchfmt::Run mine = MakeRun(id);
        // Each its own order, so that their locks meet crosswise.
        if (runner % 2 == 0) std::ranges::reverse(mine.benchmarks);
        if (!history.Append(mine, Summarize)) return 1;
      }
      return 0;
    }));
  }
  for (const int pid : pids) EXPECT_EQ(0, Wait(pid));
  History history(url, Mode::kReadOnly);
  const auto lines = history.List();
  EXPECT_EQ(static_cast<std::size_t>(kRunners * kRuns), lines.size());
  for (const RunLine& line : lines)
    EXPECT_EQ(2u, history.Load(line.id).benchmarks.size());
}

}  // namespace
}  // namespace opstat::store
