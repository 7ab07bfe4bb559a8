#include "opstat/checkout/same_code.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "opstat/measure/child.h"
#include "tests/checkout/support.h"

namespace opstat::checkout {
namespace {

namespace fs = std::filesystem;

constexpr const char* kProgram =
    "#include <stdio.h>\nint Library(void);\n"
    "int main(void) { puts(__FILE__); return Library(); }\n";
constexpr const char* kLibrary = "int Library(void) { return 1; }\n";

class SameCodes : public testing::Test {
 protected:
  // A program and a library of `name`'s own tree, with debug information, a
  // build id, a run path and its source's path among its strings.
  measure::Side Make(const std::string& name,
                     const std::string& program = kProgram,
                     const std::string& library = kLibrary) const {
    const fs::path source = sandbox / (name + "/source");
    const fs::path build = sandbox / (name + "/build");
    WriteFile(source / "library.c", library);
    WriteFile(source / "program.c", program);
    fs::create_directories(build);
    Compile({"-shared", "-fPIC", source / "library.c", "-o",
             build / "liblibrary.so"});
    Compile({source / "program.c", "-o", build / "program",
             "-L" + build.string(), "-llibrary",
             "-Wl,-rpath," + build.string()});
    return {.label = name,
            .source = source,
            .build = build,
            .argv = {build / "program", "--data=" + source.string()}};
  }
  static void Compile(const std::vector<std::string>& arguments) {
    std::vector<std::string> argv = {"cc", "-g", "-O1", "-Wl,--build-id"};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    const auto result = measure::RunChild({.argv = argv});
    ASSERT_TRUE(result.Succeeded()) << result.err;
  }

  Sandbox sandbox;
};

TEST_F(SameCodes, AreOneSourceBuiltInTwoFoldersOfEqualLength) {
  const measure::Side a = Make("a"), b = Make("b");
  // Else this shows nothing.
  ASSERT_NE(ReadFile(a.argv[0]), ReadFile(b.argv[0]));
  const SameCodeAnswer answer = SameCode(a, b);
  EXPECT_TRUE(answer.same) << answer.reason;
  EXPECT_NE(answer.reason.find("1 libraries"), std::string::npos);
}

TEST_F(SameCodes, AreNotSourcesThatDifferInOneConstant) {
  const auto answer =
      SameCode(Make("a"), Make("b", "int main(void) { return 2; }\n"));
  EXPECT_FALSE(answer.same);
  EXPECT_NE(answer.reason.find("program differs in"), std::string::npos);
}

TEST_F(SameCodes, AreNotEqualProgramsWithDifferentLibraries) {
  const auto answer = SameCode(
      Make("a"), Make("b", kProgram, "int Library(void) { return 2; }\n"));
  EXPECT_FALSE(answer.same);
  EXPECT_EQ(answer.reason, "liblibrary.so differs in .text");
}

TEST_F(SameCodes, AreNotProgramsInitialisedDifferently) {
  const std::string a = "int x = 1; int main(void) { return x; }\n";
  const std::string b = "int x = 2; int main(void) { return x; }\n";
  EXPECT_EQ(SameCode(Make("a", a), Make("b", b)).reason,
            "program differs in .data");
}

TEST_F(SameCodes, AreNotCalledDifferently) {
  const measure::Side a = Make("a");
  measure::Side b = Make("b");
  b.environment = {{"MALLOC_ARENA_MAX", "1"}};
  EXPECT_FALSE(SameCode(a, b).same);
  b.environment.clear();
  b.argv[1] += "/other";
  EXPECT_FALSE(SameCode(a, b).same);
}

TEST_F(SameCodes, AreNotKnownOfAProgramThatLoadsAtRunTime) {
  const std::string program =
      "#include <dlfcn.h>\n"
      "int main(int n, char** v) { return !dlopen(v[n - 1], 1); }\n";
  const auto answer = SameCode(Make("a", program), Make("b", program));
  EXPECT_FALSE(answer.same);
  EXPECT_NE(answer.reason.find("dlopen"), std::string::npos);
}

TEST_F(SameCodes, AreNotKnownOfScriptsOrMissingOrCutOffFiles) {
  const measure::Side a = Make("a"), b = Make("b");
  for (const std::string& content :
       {std::string("#!/bin/sh\n"), ReadFile(b.argv[0]).substr(0, 500),
        std::string()}) {
    WriteFile(b.argv[0], content);
    EXPECT_FALSE(SameCode(a, b).same);
  }
  fs::remove(b.argv[0]);
  EXPECT_FALSE(SameCode(a, b).same);
}

TEST_F(SameCodes, AreNotKnownOfProgramsFromElsewhere) {
  measure::Side a = Make("a"), b = Make("b");
  a.argv[0] = b.argv[0] = "/bin/true";
  EXPECT_FALSE(SameCode(a, b).same);
}

TEST_F(SameCodes, FollowOriginAndNeedNoBuildFolder) {
  for (const std::string name : {"a", "b"}) {
    Make(name);
    const fs::path build = sandbox / (name + "/build");
    Compile({sandbox / "a/source/program.c", "-o", build / "program",
             "-L" + build.string(), "-llibrary", "-Wl,-rpath,$ORIGIN"});
  }
  const auto side = [&](const std::string& name) {
    return measure::Side{.label = name,
                         .source = {},
                         .build = {},
                         .argv = {sandbox / (name + "/build/program")}};
  };
  const auto answer = SameCode(side("a"), side("b"));
  EXPECT_TRUE(answer.same) << answer.reason;
  EXPECT_NE(answer.reason.find("1 libraries"), std::string::npos);
}

TEST_F(SameCodes, SurviveAnyByteFlipped) {
  const measure::Side a = Make("a");
  const measure::Side b = Make("b");
  const std::string whole = ReadFile(b.argv[0]);
  for (std::size_t at = 0; at < whole.size(); at += 97) {
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x55);
    WriteFile(b.argv[0], flipped);
    SameCode(a, b);
  }
}

}  // namespace
}  // namespace opstat::checkout
