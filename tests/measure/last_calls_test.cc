#include "opstat/measure/last_calls.h"

#include <gtest/gtest.h>

namespace opstat::measure {
namespace {

using benchfmt::SiteCounts;

std::vector<SiteCounts> Counts(const std::string& calls, bool warms_up) {
  const Recording recording = ReadRecording(calls);
  const LastCalls last(recording, warms_up);
  std::vector<SiteCounts> counts;
  for (const auto& [addresses, stack] : last.CountStacks())
    counts.push_back(last.PerIteration(stack));
  return counts;
}

// Of all stacks together.
SiteCounts Together(const std::string& calls, bool warms_up) {
  const Recording recording = ReadRecording(calls);
  const LastCalls last(recording, warms_up);
  CallCounts sum;
  for (const auto& [addresses, stack] : last.CountStacks()) sum += stack;
  return last.PerIteration(sum);
}

TEST(Recording, HoldsCallsStacksAndTheLastMap) {
  const Recording recording = ReadRecording(
      "call 1 2 30\n"
      "stack 2 30 ff a0\n"
      "map 10-20 r-xp /old\n"
      "call 8 16 240\n"
      "stack 16 240 ff a0\n"
      "map 10-20 r-xp /a file\n"
      "map 30-40 r-xp /b\n");
  ASSERT_EQ(recording.calls.size(), 2U);
  EXPECT_EQ(recording.calls[1].iterations, 8U);
  EXPECT_EQ(recording.calls[1].count.bytes, 240U);
  EXPECT_EQ(recording.calls[1].stacks.at(0).addresses,
            (std::vector<std::uint64_t>{0xff, 0xa0}));
  EXPECT_EQ(recording.maps, "10-20 r-xp /a file\n30-40 r-xp /b\n");
}

TEST(Recording, PassesOverWhatItDoesNotKnow) {
  for (const char* text : {"", "\n\n", "stack 1 2 ff\n", "call", "nonsense",
                           "stack\nmap\nmap \n", "call x y z\nstack a b\n"})
    EXPECT_LE(ReadRecording(text).calls.size(), 1U) << text;
}

TEST(LastCalls, GiveTheSlopeWhereEveryCallWarmsUp) {
  EXPECT_EQ(Counts("call 1 3 0\nstack 3 300 a\nstack 2 20 b\n"
                   "call 10 12 0\nstack 12 1200 a\nstack 20 200 b\n"
                   "call 10 12 0\nstack 12 1200 a\nstack 20 200 b\n",
                   true),
            (std::vector<SiteCounts>{{1, 100, 2, 200}, {2, 20, 0, 0}}));
}

TEST(LastCalls, GiveAllAsOneTimeWhereTheyDoNotGrow) {
  EXPECT_EQ(Counts("call 1 1 500\nstack 1 500 a\n"
                   "call 99 1 500\nstack 1 500 a\n",
                   true),
            (std::vector<SiteCounts>{{0, 0, 1, 500}}));
}

TEST(LastCalls, GiveTheQuotientOtherwise) {
  const std::string warm_then_cold =
      "call 1 9 90\nstack 9 90 a\ncall 10 10 100\nstack 10 100 a\n";
  EXPECT_EQ(Counts(warm_then_cold, false),
            (std::vector<SiteCounts>{{1, 10, 0, 0}}));
  EXPECT_EQ(Counts("call 1000 5 500\nstack 5 500 a\n", true),
            (std::vector<SiteCounts>{{0.005, 0.5, 0, 0}}));
}

TEST(LastCalls, KeepAFractionThatNoSlopeExplains) {
  EXPECT_EQ(Counts("call 100 0 0\n"
                   "call 400 2 200\nstack 2 200 a\n",
                   true),
            (std::vector<SiteCounts>{{0.005, 0.5, 0, 0}}));
}

TEST(LastCalls, AddUpAnIterationThatWasCompiledApart) {
  const std::string peeled =
      "call 1 4 40\nstack 4 40 a\n"
      "call 49 196 1960\nstack 4 40 a\nstack 192 1920 b\n";
  EXPECT_EQ(Together(peeled, false), (SiteCounts{4, 40, 0, 0}));
  EXPECT_EQ(Together(peeled, true), (SiteCounts{4, 40, 0, 0}));
}

TEST(LastCalls, CountWhatOnlyTheCallBeforeDid) {
  EXPECT_EQ(Together("call 1 1 10\nstack 1 10 a\n"
                     "call 9 9 90\nstack 9 90 b\n",
                     true),
            (SiteCounts{1, 10, 0, 0}));
}

}  // namespace
}  // namespace opstat::measure
