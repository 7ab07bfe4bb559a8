#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <thread>

#include "tests/benchfmt/test_files.h"

namespace opstat::benchfmt {
namespace {

TEST(MalformedInput, IsNamedForWhatItIs) {
  struct Case {
    const char *file, *message;
  };
  const Case cases[] = {
      {"arr.json", "this looks like a JSON array"},
      {"empty.json", "no usable row"},
      {"nan.json", "Z: its time is not a positive number"},
      {"nounit.json", "Z: no time_unit"},
      {"unit.json", "Z: unknown time_unit \"weeks\""},
      {"trunc.json", "trunc.json:1:61: the file is cut off"},
      {"no/such/file", "No such file"},
      {"", "is a directory"},
  };
  for (const Case& each : cases) {
    try {
      ReadData(each.file);
      ADD_FAILURE() << each.file << " was read";
    } catch (const Error& error) {
      EXPECT_EQ(error.failure(), Failure::kBadData);
      EXPECT_PRED2(Mentions, error.what(), each.message) << each.file;
    }
  }
}

TEST(MalformedInput, OfUnknownFormatSaysWhatItLooksLike) {
  struct Case {
    std::string_view bytes;
    const char* message;
  };
  const Case cases[] = {
      {"name,iterations,real_time,cpu_time,time_unit\n\"X\",1,2,3,ns\n",
       "looks like Google Benchmark's CSV"},
      {"a,b,c\n1,2,3\n", "looks like CSV"},
      {"<!DOCTYPE html><html>", "looks like HTML"},
      {R"({"machine_info":{},"benchmarks":[{"stats":{}}]})",
       "looks like pytest-benchmark JSON"},
      {R"({"schema":"opstat.compare/1","rows":[]})",
       "looks like a comparison of opstat"},
      {R"({"Action":"output","Package":"p"})", "looks like go test -json"},
      {R"({"a":1})", "looks like JSON of another program"},
      {"-----\nBenchmark   Time   CPU   Iterations\n-----\nX  1 ns  1 ns  1\n",
       "looks like Google Benchmark's console output"},
      {R"({"mean":{"point_estimate":1.0},"median_abs_dev":{}})",
       "looks like Criterion's estimates"},
      {R"({"sampling_mode":"Linear","iters":[1],"times":[2]})",
       "looks like Criterion's samples"},
      {R"([{"jmhVersion":"1.37","benchmark":"B","primaryMetric":{}}])",
       "looks like JMH JSON"},
      {R"({"version":"1.0","metadata":{},"benchmarks":[{"runs":[]}]})",
       "looks like pyperf JSON"},
      {R"x({"results":[{"title":"b","median(elapsed)":1e-9}]})x",
       "looks like nanobench JSON"},
      {R"({"results":[{"name":"b"}]})", "looks like JSON of another program"},
      {R"([{"name":"b","unit":"ns","value":1}])",
       "looks like github-action-benchmark JSON"},
      {"<?xml version=\"1.0\"?><testsuites><testsuite/></testsuites>",
       "looks like JUnit XML"},
      {"\n Performance counter stats for './b':\n\n 1 cycles\n",
       "looks like the output of perf stat"},
      {"PERFILE2", "looks like a recording of perf"},
      {"PK\x03\x04", "looks like a zip archive"},
      {std::string_view("SQLite format 3\0\x10", 17), "an SQLite database"},
      {"\x1f\x8b\x08", "looks like a gzip file"},
      {"words, and no table\nat all", "not a format that opstat knows"},
      {"", "empty"},
      {" \n\t", "empty"},
      {"\xef\xbb\xbf", "empty"},
  };
  for (const Case& each : cases) {
    EXPECT_PRED2(Mentions, ErrorOf(each.bytes), each.message);
  }
}

TEST(MalformedInput, ByteOrderMarkIsSkipped) {
  EXPECT_EQ(ErrorOf("\xef\xbb\xbf" + Json(Row("X", "1"))), "");
}

TEST(MalformedInput, CutAnywhereIsReadOrRefused) {
  const std::string json = FileBytes(DataPath("gbench-v1.7.1.json"));
  const std::string text = FileBytes(DataPath("14_units.A.txt"));
  const std::string tail = json.substr(json.rfind('{'));
  const std::string small =
      Json(Row("a\\u00e9\x01", "1.5e0", R"(,"B/op":NaN)"));
  for (std::size_t size = 0; size < small.size(); ++size) {
    EXPECT_NE(ErrorOf(small.substr(0, size)), "") << size;
  }
  for (std::size_t size = 0; size < json.size(); size += 97) {
    EXPECT_NE(ErrorOf(json.substr(0, size)), "") << size;
  }
  for (std::size_t size = 0; size < text.size(); ++size) {
    ErrorOf(text.substr(0, size));
  }
}

// Files are read in pieces of 128 KiB, cut after a row.
TEST(MalformedInput, IsFoundInAnyPieceOfALargeFile) {
  std::string rows;
  std::size_t in_names = 0;
  for (int i = 0; rows.size() < 700'000; ++i) {
    // What looks like the end of a row, within a name.
    const std::string name = "X},{/" + std::to_string(i % 3000);
    in_names = rows.size() + 12;
    rows += Row(name, "1", R"(,"o":{"a":[{},{}]})") + ",\n";
  }
  rows.resize(rows.size() - 2);
  const std::string good = Json(rows);
  const auto run = ReadRun(good, "file");
  EXPECT_EQ(run.benchmarks.size(), 3000u);
  EXPECT_TRUE(run.benchmarks[7].name == "X},{/7");
  EXPECT_PRED2(Mentions, ErrorOf(Json(rows + ",")), "file:");
  EXPECT_PRED2(Mentions, ErrorOf(Json(rows + ",\n")), "file:");
  for (std::size_t at = 100; at < good.size(); at += 49'973) {
    std::string broken = good;
    broken.insert(at, "\"");
    EXPECT_NE(ErrorOf(broken), "") << at;
  }
  EXPECT_NE(ErrorOf(good.substr(0, in_names)), "");
}

TEST(MalformedInput, EveryByteMayBeAnything) {
  const std::string small =
      Json(Row("X", "1.5", R"(,"B/op":8)"),
           R"({"opstat":{"schema":"opstat.samples/1","seed":"1"}})");
  for (std::size_t i = 0; i < small.size(); ++i) {
    for (const char byte : {'\0', '"', '\\', '{', ']', '\xff', '9', 'N', '-'}) {
      std::string broken = small;
      broken[i] = byte;
      ErrorOf(broken);
    }
  }
}

TEST(MalformedInput, ControlBytesInStringsAreTheirOwn) {
  std::string name;
  for (char byte = 1; byte < 0x20; ++byte) name += byte;
  name += std::string("\0end", 4);
  const auto run = ReadRun(Json(Row(name, "1")), "file");
  EXPECT_EQ(run.benchmarks[0].name, name);
}

TEST(MalformedInput, ControlByteAfterBackslashIsNoEscape) {
  const auto run = ReadRun(Json(Row("a\\\x01z", "1")), "file");
  EXPECT_EQ(run.benchmarks[0].name, "a\\\x01z");
}

TEST(MalformedInput, NestingIsLimited) {
  const auto nested = [](std::size_t depth) {
    return Json(
        Row("X", "1",
            R"(,"deep":)" + std::string(depth, '[') + std::string(depth, ']')));
  };
  EXPECT_EQ(ErrorOf(nested(60)), "");
  EXPECT_PRED2(Mentions, ErrorOf(nested(64)), "nested deeper than 64");
  EXPECT_PRED2(Mentions, ErrorOf("{\"a\":" + std::string(100'000, '[')),
               "nested deeper than 64");
}

TEST(MalformedInput, LongNamesAreRefused) {
  const std::string longest(4096, 'x');
  const auto run =
      ReadRun(Json(Row(longest, "1") + "," + Row(longest + "x", "1")), "file");
  EXPECT_EQ(run.benchmarks.size(), 1u);
  EXPECT_PRED2(AnyMentions, run.warnings, "4096 bytes");
}

TEST(MalformedInput, RowsOfWrongTypesAreRefused) {
  for (const char* rows : {"1", "null", "[]", "\"x\""}) {
    EXPECT_PRED2(Mentions, ErrorOf(Json(rows)), "no object") << rows;
  }
  EXPECT_PRED2(Mentions, ErrorOf(Json("{}")), "no usable row");
  EXPECT_PRED2(Mentions,
               ErrorOf(Json(R"({"name":5,"run_type":[],"time_unit":{}})")),
               "no usable row");
}

TEST(MalformedInput, MoreThanAMillionRowsAreRefused) {
  std::string rows = "0";
  for (int i = 0; i < 1'000'000; ++i) rows += ",0";
  EXPECT_PRED2(Mentions, ErrorOf(Json(rows)), "more than a million rows");
  std::string lines = "BenchmarkX 1 1 ns/op\n";
  for (int i = 0; i < 1'000'000; ++i) lines += "BenchmarkX 1\n";
  EXPECT_PRED2(Mentions, ErrorOf(lines), "more than a million rows");
}

TEST(MalformedInput, AggregatesAloneAreNoSamples) {
  EXPECT_PRED2(
      Mentions,
      ErrorOf(
          Json(R"({"name":"X_mean","run_name":"X","run_type":"aggregate"})")),
      "only aggregates");
}

TEST(MalformedInput, NumberTooLargeHasAPlace) {
  EXPECT_PRED2(Mentions, ErrorOf(Json(Row("X", "1e999"))), "file:1:");
}

TEST(ReadRunFile, ReadsAPipe) {
  const std::string path =
      testing::TempDir() + "opstat_fifo_" + std::to_string(::getpid());
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  std::thread writer(
      [&path] { std::ofstream(path) << "BenchmarkX 1 2 ns/op\n"; });
  EXPECT_EQ(ReadRunFile(path).benchmarks.size(), 1u);
  writer.join();
  std::filesystem::remove(path);
}

// Behind it there is nothing to read.
TEST(ReadRunFile, ReadsAFileThatFillsItsPages) {
  constexpr std::size_t kPage = 4096;
  const std::string path =
      testing::TempDir() + "opstat_page_" + std::to_string(::getpid());
  for (const std::string& text :
       {std::string("BenchmarkX 1 2 ns/op"), Json(Row("X", "2")),
        Json(Row("X", "2") + "," + Row("Y", "NaN"))}) {
    std::ofstream(path) << std::string(kPage - text.size(), '\n') << text;
    EXPECT_EQ(ReadRunFile(path).benchmarks.size(), 1u) << text;
  }
  std::filesystem::remove(path);
}

TEST(ReadRunFile, RefusesMoreThan256MiB) {
  try {
    ReadRunFile("/dev/zero");
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_PRED2(Mentions, error.what(), "larger than 256 MiB");
  }
}

}  // namespace
}  // namespace opstat::benchfmt
