// The queries of docs/SCHEMA.md, run as they are printed there.
#include <gtest/gtest.h>

#include <sstream>

#include "opstat/store/history.h"
#include "opstat/store/sqlite.h"
#include "tests/store/fixture.h"

namespace opstat::store {
namespace {

std::vector<std::string> SqlBlocks(const std::string& markdown) {
  std::vector<std::string> blocks;
  bool inside = false;
  std::istringstream lines(markdown);
  for (std::string line; std::getline(lines, line);) {
    if (line == "```sql") {
      inside = true;
      blocks.emplace_back();
    } else if (line == "```") {
      inside = false;
    } else if (inside) {
      blocks.back() += line + "\n";
    }
  }
  return blocks;
}

benchfmt::Run MakeConvRun(const std::string& id) {
  benchfmt::Run run = MakeRun(id);
  run.benchmarks.clear();
  for (const char* scratch : {"allocating", "pooled"}) {
    run.benchmarks.push_back(
        {std::string("Conv2D/algo:im2col/shape:GEMM/dtype:f32/scratch:") +
             scratch,
         {{"sec/op", {2e-3, 1e-3}},
          {"cpu-sec/op", {2e-3, 1e-3}},
          {"B/op", {65536, 65536}},
          {"allocs/op", {1, 1}}}});
  }
  return run;
}

void FillWithConvRuns(const std::string& path) {
  History history(path, History::Mode::kReadWrite);
  history.Append(MakeConvRun("aa"), Summarize);
  history.Append(MakeConvRun("bb"), Summarize);
  ComparisonRecord comparison{.id = "c",
                              .time = "2024-05-06T08:00:00Z",
                              .baseline = "main",
                              .outcome = "regression",
                              .runs = {"aa", "bb"},
                              .query = "",
                              .document = R"({"exit_code":1})",
                              .verdicts = {}};
  comparison.verdicts.push_back({.benchmark = "Conv2D",
                                 .unit = "B/op",
                                 .contender = "topic",
                                 .role = "exact",
                                 .verdict = "regression"});
  history.Append(comparison);
  history.Tag("v1.0", "aa", "2024-05-07T08:00:00Z");
}

TEST(SchemaDocument, ShowsQueriesThatRunAndFindRows) {
  const TemporaryFolder folder;
  FillWithConvRuns(folder / "history.db");
  SqliteDatabase database(folder / "history.db",
                          SqliteDatabase::Mode::kReadOnly);
  const std::vector<std::string> queries = SqlBlocks(Bytes(OPSTAT_SCHEMA_DOC));
  EXPECT_GE(queries.size(), 5u);
  for (const std::string& query : queries) {
    Statement statement(database, query);
    EXPECT_TRUE(statement.Step()) << query;
  }
}

// The query that people type most must not scan the results of all series.
TEST(MediansView, LooksUpOneSeriesByKey) {
  const TemporaryFolder folder;
  FillWithConvRuns(folder / "history.db");
  SqliteDatabase database(folder / "history.db",
                          SqliteDatabase::Mode::kReadOnly);
  Statement plan(database,
                 "EXPLAIN QUERY PLAN SELECT commit_hash, median FROM medians"
                 " WHERE benchmark = 'b' AND unit = 'B/op'");
  std::string text;
  while (plan.Step()) text += plan.Text(3) + "\n";
  EXPECT_NE(std::string::npos,
            text.find("SEARCH result USING PRIMARY KEY (run=? AND series=?)"))
      << text;
}

}  // namespace
}  // namespace opstat::store
