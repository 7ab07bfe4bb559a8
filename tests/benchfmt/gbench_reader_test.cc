#include <cmath>
#include <string>

#include "opstat/benchfmt/unit.h"
#include "tests/benchfmt/test_files.h"

namespace opstat::benchfmt {
namespace {

class GoogleBenchmarkVersions : public testing::TestWithParam<const char*> {};

TEST_P(GoogleBenchmarkVersions, ReadAlike) {
  const auto run = ReadData(std::string("gbench-v") + GetParam() + ".json");
  EXPECT_EQ(Names(run),
            (std::vector<std::string>{
                "Sort/64", "Sort/256", "Sort/1024", "Named/scratch:1",
                "Threads/real_time/threads:2",
                "Repeats/iterations:1000/repeats:4", "Manual/manual_time"}));
  EXPECT_EQ(Values(run, "Sort/64", "sec/op").size(), 3u);
  EXPECT_EQ(Values(run, "Sort/64", "B/s").size(), 3u);
  EXPECT_EQ(Values(run, "Repeats/iterations:1000/repeats:4", "sec/op").size(),
            4u);
  EXPECT_PRED2(SameValues, Values(run, "Named/scratch:1", "zero"),
               (std::vector<double>{0, 0, 0}));
  EXPECT_EQ(Values(run, "Named/scratch:1", "rate").size(), 3u);
  EXPECT_PRED2(AnyMentions, run.warnings,
               "Errs: reported an error: no input file");
  EXPECT_EQ(run.Fact("host.name"), "vm");
  EXPECT_EQ(run.Fact("host.cpus"), "2");
  EXPECT_EQ(run.Fact("host.mhz"), "2596");
  EXPECT_EQ(run.Fact("program"), std::string("./rec-v") + GetParam());
  EXPECT_PRED2(Mentions, run.time, "2026-11-22");
  EXPECT_FALSE(run.process_samples);
}

INSTANTIATE_TEST_SUITE_P(Recorded, GoogleBenchmarkVersions,
                         testing::Values("1.5.0", "1.6.2", "1.7.1", "1.8.4",
                                         "1.9.5"));

TEST(GoogleBenchmark, TimesAreInSeconds) {
  const auto run = ReadData("gbench-v1.7.1.json");
  EXPECT_EQ(Values(run, "Sort/64", kWallTime)[0],
            1.4472114942388720e+02 * 1e-9);
  EXPECT_EQ(Values(run, "Sort/64", kCpuTime)[0], 1.4472408490923976e+02 * 1e-9);
  EXPECT_EQ(Values(run, "Sort/64", kIterations)[0], 50077);
}

TEST(GoogleBenchmark, ScalesEveryTimeUnit) {
  for (const auto& [unit, seconds] :
       {std::pair{"ns", 2e-9}, {"us", 2e-6}, {"ms", 2e-3}, {"s", 2.0}}) {
    const auto run = ReadRun(Json(R"({"name":"X","real_time":2,"time_unit":")" +
                                  std::string(unit) + R"("})"),
                             "file");
    EXPECT_PRED2(SameValues, Values(run, "X", kWallTime),
                 (std::vector<double>{seconds}));
  }
}

TEST(GoogleBenchmark, WithoutRunTypeTellsAggregatesByNameAndFields) {
  const std::string tail = R"(,"real_time":1,"time_unit":"ns"})";
  const auto run = ReadRun(
      Json(R"({"name":"X")" + tail + R"(,{"name":"X_mean")" + tail +
           R"(,{"name":"Y_mean")" + tail +
           R"(,{"name":"X_BigO","big_o":"N"},{"name":"X_RMS","rms":0.1})"),
      "file");
  EXPECT_EQ(Names(run), (std::vector<std::string>{"X", "Y_mean"}));
}

TEST(GoogleBenchmark, CountersAreTidiedAndBookkeepingIsNot) {
  const auto run = ReadRun(
      Json(Row("X", "1",
               R"(,"bytes_per_second":5,"items_per_second":6,"lock-ns":7,)"
               R"("family_index":3,"threads":4,"allocs_per_iter":1.1,)"
               R"("total_allocated_bytes":99,"label":"7","flag":true)")),
      "file");
  std::vector<std::string> units;
  for (const auto& each : run.benchmarks[0].measurements) {
    units.push_back(each.unit);
  }
  EXPECT_EQ(units,
            (std::vector<std::string>{"iterations", "sec/op", "cpu-sec/op",
                                      "B/s", "items_per_second", "lock-sec"}));
  EXPECT_DOUBLE_EQ(Values(run, "X", "lock-sec")[0], 7e-9);
}

TEST(GoogleBenchmark, NanAndInfiniteCountersAreUnmeasured) {
  const auto run = ReadRun(
      Json(Row("X", "1", R"(,"a":NaN,"b":-Infinity,"c":null,"d":0)")), "file");
  EXPECT_PRED2(SameValues, Values(run, "X", "a"),
               (std::vector<double>{kUnmeasured}));
  EXPECT_PRED2(SameValues, Values(run, "X", "b"),
               (std::vector<double>{kUnmeasured}));
  EXPECT_PRED2(SameValues, Values(run, "X", "c"),
               (std::vector<double>{kUnmeasured}));
  EXPECT_PRED2(SameValues, Values(run, "X", "d"), (std::vector<double>{0}));
}

TEST(GoogleBenchmark, CounterOfSomeSamplesIsUnmeasuredInTheOthers) {
  const auto run =
      ReadRun(Json(Row("X", "1") + "," + Row("X", "2", R"(,"B/op":8)") + "," +
                   Row("X", "3")),
              "file");
  EXPECT_PRED2(SameValues, Values(run, "X", "B/op"),
               (std::vector<double>{kUnmeasured, 8, kUnmeasured}));
}

TEST(GoogleBenchmark, FirstValueOfAUnitCounts) {
  const auto run = ReadRun(
      Json(Row("X", "1", R"(,"bytes_per_second":5,"B/s":6,"iterations":7)")),
      "file");
  EXPECT_PRED2(SameValues, Values(run, "X", "B/s"), (std::vector<double>{5}));
  EXPECT_PRED2(SameValues, Values(run, "X", kIterations),
               (std::vector<double>{10}));
}

TEST(GoogleBenchmark, UnusableTimeRefusesTheRowByName) {
  for (const char* time :
       {"NaN", "Infinity", "-Infinity", "0", "-1", "null", "\"1\"", "1e-320"}) {
    const auto run =
        ReadRun(Json(Row("Bad", time) + "," + Row("Good", "1")), "file");
    EXPECT_EQ(Names(run), (std::vector<std::string>{"Good"})) << time;
    EXPECT_PRED2(AnyMentions, run.warnings,
                 "Bad: its time is not a positive number");
  }
}

TEST(GoogleBenchmark, ZeroCpuTimeLeavesWallTime) {
  const auto run = ReadRun(
      Json(R"({"name":"Sleep","real_time":5,"cpu_time":0,"time_unit":"s"})"),
      "file");
  EXPECT_PRED2(SameValues, Values(run, "Sleep", kWallTime),
               (std::vector<double>{5}));
  EXPECT_PRED2(SameValues, Values(run, "Sleep", kCpuTime),
               (std::vector<double>{kUnmeasured}));
  EXPECT_PRED2(AnyMentions, run.warnings, "Sleep: no CPU time");
}

TEST(GoogleBenchmark, RefusalsAreCountedNotRepeated) {
  const std::string bad = Row("Bad", "0");
  const auto run = ReadRun(Json(bad + "," + bad + "," + Row("Good", "1")), "f");
  EXPECT_PRED2(AnyMentions, run.warnings,
               "Bad: its time is not a positive number (2 rows)");
}

TEST(GoogleBenchmark, SkippedRowsGiveTheirMessage) {
  const std::string skipped =
      R"({"name":"S","skipped":true,"skip_message":"no AVX-512"},)";
  const auto run = ReadRun(Json(skipped + Row("X", "1")), "file");
  EXPECT_PRED2(AnyMentions, run.warnings, "S: skipped: no AVX-512");
}

TEST(GoogleBenchmark, SharedNameIsReadAsOneWithAWarning) {
  const auto run = ReadRun(Json(Row("dup", "1", R"(,"family_index":0)") + "," +
                                Row("dup", "2", R"(,"family_index":1)")),
                           "file");
  EXPECT_EQ(Values(run, "dup", kWallTime).size(), 2u);
  EXPECT_PRED2(AnyMentions, run.warnings, "dup: several benchmarks");
}

TEST(GoogleBenchmark, CustomContextBecomesFacts) {
  const auto run = ReadRun(
      Json(
          Row("X", "1"),
          R"({"opstat.build.compiler":"g++ 12","opstat.isa":"avx2","my":"x"})"),
      "file");
  EXPECT_EQ(run.Fact("build.compiler"), "g++ 12");
  EXPECT_EQ(run.Fact("isa"), "avx2");
  EXPECT_EQ(run.facts.size(), 2u);
}

TEST(GoogleBenchmark, ForeignFileGetsIdFromItsContent) {
  const std::string json = Json(Row("X", "1"));
  const auto run = ReadRun(json, "one");
  EXPECT_EQ(run.id.size(), 32u);
  EXPECT_EQ(run.id.find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_EQ(run.id, ReadRun(json, "two").id);
  EXPECT_NE(run.id, ReadRun(Json(Row("X", "2")), "one").id);
  EXPECT_NE(run.id, ReadRun(json + "\n", "one").id);
}

TEST(GoogleBenchmark, ForeignRepetitionsAreNoSamples) {
  const auto run = ReadRun(Json(Row("X", "1")), "file");
  EXPECT_EQ(run.label, "file");
  EXPECT_PRED2(AnyMentions, run.warnings, "not independent samples");
}

TEST(SamplesFile, RepetitionsOfOneProcessAreOneSample) {
  const std::string context =
      R"({"opstat":{"schema":"opstat.samples/1","sample_unit":"process",)"
      R"("seed":"18446744073709551615","schedule":[[0]]}})";
  const auto row = [](const char* time, const char* index) {
    return Row("X/repeats:2", time,
               std::string(R"(,"repetition_index":)") + index);
  };
  const auto run = ReadRun(
      Json(row("1e9", "0") + "," + row("3e9", "0") + "," + row("7e9", "1"),
           context),
      "file");
  EXPECT_PRED2(SameValues, Values(run, "X/repeats:2", kWallTime),
               (std::vector<double>{2, 7}));
  EXPECT_TRUE(run.process_samples);
  EXPECT_EQ(run.seed, 18446744073709551615u);
  EXPECT_TRUE(run.warnings.empty());
}

TEST(SamplesFile, ScheduleThatDoesNotFitIsLeftOut) {
  const std::string context =
      R"({"opstat":{"schema":"opstat.samples/1","sample_unit":"process",)"
      R"("seed":"1","schedule":[[1,0]]}})";
  const auto run = ReadRun(Json(Row("X", "1"), context), "file");
  EXPECT_TRUE(run.schedule.empty());
  EXPECT_PRED2(AnyMentions, run.warnings, "schedule");
}

TEST(SamplesFile, ARowWithoutANumberIsNoBenchmark) {
  const auto run =
      ReadRun(Json(Row("X", "1") + R"(,{"name":"Y","time_unit":"s"})",
                   R"({"opstat":{"schema":"opstat.samples/1","seed":"1"}})"),
              "file");
  ASSERT_EQ(run.benchmarks.size(), 1U);
  EXPECT_PRED2(AnyMentions, run.warnings, "Y: no number");
}

TEST(SamplesFile, OfANewerSchemaIsRefused) {
  const std::string context = R"({"opstat":{"schema":"opstat.samples/2"}})";
  EXPECT_PRED2(Mentions, ErrorOf(Json(Row("X", "1"), context)),
               "opstat.samples/2");
}

TEST(SamplesFile, MalformedContextIsRefused) {
  for (const char* opstat :
       {"3", "{}", R"({"schema":7})",
        R"({"schema":"opstat.samples/1","seed":7})",
        R"({"schema":"opstat.samples/1","seed":"-1"})",
        R"({"schema":"opstat.samples/1","seed":"1","schedule":3})",
        R"({"schema":"opstat.samples/1","seed":"1","schedule":[["a"]]})"}) {
    EXPECT_PRED2(Mentions,
                 ErrorOf(Json(Row("X", "1"),
                              R"({"opstat":)" + std::string(opstat) + "}")),
                 "file: opstat")
        << opstat;
  }
}

TEST(GoogleBenchmark, HostileNamesAreReadAsTheyAre) {
  const auto run = ReadData("hostile_names.json");
  for (const char* name :
       {"\x1b[2J\x1b]0;pwn\x07\x65sc", "a\"b\\c", "new\nline", "tab\tcr\r",
        "dup", "name with space", "bad\\xFF\\xFEutf8"}) {
    EXPECT_NE(run.Find(name), nullptr) << name;
  }
  EXPECT_EQ(run.Find("err"), nullptr);
  EXPECT_PRED2(AnyMentions, run.warnings,
               "err: reported an error: boom \x1b[31m");
  EXPECT_PRED2(AnyMentions, run.warnings, "longer than 4096 bytes");
  EXPECT_EQ(Values(run, "dup", kWallTime).size(), 2u);
}

}  // namespace
}  // namespace opstat::benchfmt
