#include "opstat/measure/user_frames.h"

#include <gtest/gtest.h>

namespace opstat::measure {
namespace {

using Strings = std::vector<std::string>;

Symbol At(const std::string& linkage_name,
          const std::string& module = "/b/bench",
          const std::string& file = "") {
  Symbol symbol;
  symbol.linkage_name = linkage_name;
  symbol.frame.function = linkage_name;
  symbol.frame.module = module;
  symbol.frame.file = file;
  return symbol;
}

Strings Functions(const std::vector<Symbol>& stack) {
  Strings functions;
  for (const benchfmt::Frame& frame : UserFrames(stack))
    functions.push_back(frame.function);
  return functions;
}

const Symbol kLibrary =
    At("_ZN9benchmark8internal17FunctionBenchmark3RunERNS_5StateE",
       "/usr/lib/libbenchmark.so.1debian");
const Symbol kMain = At("main");

TEST(UserFrames, LeaveOutWhatIsInsideTheAllocationFunction) {
  EXPECT_EQ(Functions({At(""), At(""), At("_Znwm"), At("_Z4Usedv"), kLibrary}),
            Strings{"_Z4Usedv"});
  EXPECT_EQ(Functions({At(""), At("realloc"), At("_Z4Usedv"), kLibrary}),
            Strings{"_Z4Usedv"});
}

TEST(UserFrames, LeaveOutTheStandardLibraryWhereverItLies) {
  for (const char* name :
       {"_ZNSt6vectorIiSaIiEE9push_backERKi", "_ZNKSt8functionIFvvEEclEv",
        "_ZSt11make_uniqueIiJEENSt8__detailE", "_ZNSaIcE8allocateEm",
        "_ZN9__gnu_cxx13new_allocatorIiE8allocateEmPKv", "_ZNSsC1Ev",
        "_ZZNSt6threadC4IRFvvEJEvEEOT_DpOT0_ENKUlvE_clEv",
        "_ZNVKSt6atomicIiE4loadEv", "_ZNSt3__16vectorIiE9push_backEi"})
    EXPECT_EQ(Functions({At("malloc"), At(name), At("_Z4Usedv")}),
              Strings{"_Z4Usedv"})
        << name;
  EXPECT_EQ(
      Functions({At("malloc"), At("strdup", "/lib/libc.so.6"), At("_Z4Usedv")}),
      Strings{"_Z4Usedv"});
  EXPECT_EQ(Functions({At("malloc"),
                       At("push_back", "/b/bench", "/usr/include/c++/12/v.h"),
                       At("_Z4Usedv")}),
            Strings{"_Z4Usedv"});
}

TEST(UserFrames, KeepWhatOnlyMentionsTheStandardLibrary) {
  for (const char* name :
       {"_Z4FillRSt6vectorIiSaIiEE", "_ZN5Stack4PushEv", "_ZN3St14MakeEv",
        "_ZN4Nest5SaveEv", "_ZNK6Object4CopyEv", "standard", "mallocate"})
    EXPECT_EQ(Functions({At("malloc"), At(name)}), Strings{name});
}

TEST(UserFrames, EndAtGoogleBenchmark) {
  EXPECT_EQ(Functions({At("malloc"), At("_Z4Usedv"),
                       At("_Z4LoopRN9benchmark5StateE"), kLibrary, kMain}),
            (Strings{"_Z4Usedv", "_Z4LoopRN9benchmark5StateE"}));
}

TEST(UserFrames, GiveWhatTheLibraryAllocatesToItsCaller) {
  EXPECT_EQ(Functions({At("malloc"), At("_ZN9benchmark5State8SetLabelEPKc"),
                       At("_Z4LoopRN9benchmark5StateE"), kLibrary, kMain}),
            Strings{"_Z4LoopRN9benchmark5StateE"});
}

TEST(UserFrames, TakeARecursionForOne) {
  EXPECT_EQ(
      Functions({At("malloc"), At("f"), At("f"), At("f"), At("g"), At("f")}),
      (Strings{"f", "g", "f"}));
  EXPECT_EQ(Functions({At("malloc"), At(""), At("")}), (Strings{"", ""}));
}

TEST(UserFrames, FallBackToTheInnermostFrame) {
  EXPECT_EQ(Functions({At("malloc"), At("_ZSt4sortv"), kLibrary, kMain}),
            Strings{kLibrary.frame.function});
  EXPECT_EQ(Functions({At("malloc"), At("_ZSt4sortv")}), Strings{"_ZSt4sortv"});
  EXPECT_EQ(Functions({At("malloc")}), Strings{"malloc"});
}

}  // namespace
}  // namespace opstat::measure
