#include "opstat/benchfmt/writer.h"
#include "tests/benchfmt/sample_run.h"
#include "tests/benchfmt/test_files.h"

namespace opstat::benchfmt {
namespace {

std::string Replaced(std::string text, const std::string& from,
                     const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string Lines(const Run& run) { return WriteJsonLines({&run, 1}); }

TEST(JsonLines, ReadBackToTheLastBit) {
  const auto run = SampleRun();
  ExpectSame(ReadRun(Lines(run), "file"), run);
}

TEST(JsonLines, ReadBackWhatForeignFilesHold) {
  for (const char* file :
       {"gbench-v1.5.0.json", "gbench-v1.9.5.json", "hostile_names.json",
        "10_zeros_allocs.A.txt", "hyperfine-1.15.json"}) {
    const auto run = ReadData(file);
    ExpectSame(ReadRun(Lines(run), "other"), run);
  }
}

TEST(JsonLines, HoldAnyNumberOfRuns) {
  std::vector<benchfmt::Run> runs{SampleRun(), SampleRun()};
  runs[1].id = "fedcba9876543210fedcba9876543210";
  runs[1].benchmarks.pop_back();
  const auto again = ReadRuns(WriteJsonLines(runs), "file");
  ASSERT_EQ(again.size(), 2u);
  ExpectSame(again[0], runs[0]);
  ExpectSame(again[1], runs[1]);
  EXPECT_PRED2(Mentions, ErrorOf(WriteJsonLines(runs)), "holds 2 runs");
}

TEST(JsonLines, AreOneStrictJsonObjectALine) {
  const std::string text = Lines(SampleRun());
  for (const char byte : text) {
    EXPECT_TRUE(byte == '\n' || static_cast<unsigned char>(byte) >= 0x20);
  }
  // One for the run, one for each of its eight units.
  EXPECT_EQ(std::ranges::count(text, '\n'), 9);
}

TEST(JsonLines, DamagedAnywhereAreRefusedWithTheLine) {
  const std::string good = Lines(ReadData("10_zeros_allocs.A.txt"));
  ASSERT_EQ(ErrorOf(good), "");
  struct Case {
    std::string text, message;
  };
  const std::string last = good.substr(good.rfind('\n', good.size() - 2) + 1);
  const Case cases[] = {
      {good.substr(0, good.size() - 20), "cut off"},
      {good + last, "for the second time"},
      {good + good, "for the second time"},
      {Replaced(good, "\"run\":\"", "\"run\":\"0"), "not of the run above"},
      {Replaced(good, "\"values\":[", "\"values\":[\"x\","), "no number"},
      {Replaced(good, "\"unit\":\"iterations\",\"values\":[",
                "\"unit\":\"iterations\",\"values\":[1,"),
       "were expected"},
      {Replaced(good, "\"unit\":\"sec/op\",\"values\":[",
                "\"unit\":\"sec/op\",\"values\":[-"),
       "not positive"},
      {Replaced(good, "\"unit\":\"sec/op\"", "\"unit\":\"\""), "unit without"},
      {Replaced(good, "opstat.samples/1", "opstat.samples/2"),
       "this opstat reads opstat.samples/1"},
      {good.substr(0, good.find('\n') + 1), "has no samples"},
      {good + "[]\n", "no JSON object"},
  };
  for (const Case& each : cases) {
    EXPECT_PRED2(Mentions, ErrorOf(each.text), each.message);
  }
  EXPECT_PRED2(
      Mentions, ErrorOf(good + "7\n"),
      "file:" + std::to_string(std::ranges::count(good, '\n') + 1) + ":");
}

TEST(JsonLines, CutAnywhereAreRefused) {
  const std::string good = Lines(SampleRun());
  for (std::size_t size = 0; size + 1 < good.size(); ++size) {
    const std::string cut = good.substr(0, size);
    if (cut.ends_with('\n') || good[size] == '\n') continue;  // whole lines
    EXPECT_NE(ErrorOf(cut), "") << size;
  }
}

}  // namespace
}  // namespace opstat::benchfmt
