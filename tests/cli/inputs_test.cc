#include "opstat/cli/inputs.h"

#include <gtest/gtest.h>

#include "opstat/benchfmt/error.h"
#include "tests/cli/support.h"

namespace opstat::cli {
namespace {

constexpr const char* kGoText = "BenchmarkA 1 5 ns/op\n";

std::vector<std::string> Labels(const std::vector<std::string>& words) {
  std::vector<std::string> labels;
  for (const auto& run : ReadInputs(words)) labels.push_back(run.label);
  return labels;
}

using Texts = std::vector<std::string>;

TEST(Inputs, AreCalledByTheirFileNames) {
  const TemporaryFolder folder;
  const std::string old_file = folder.Write("old.txt", kGoText);
  const std::string new_file = folder.Write("new.txt", kGoText);
  EXPECT_EQ(Labels({old_file, new_file}), (Texts{"old.txt", "new.txt"}));
}

TEST(Inputs, OfOneFileNameAreCalledByTheirPaths) {
  const TemporaryFolder a, b;
  const std::string first = a.Write("x.txt", kGoText);
  const std::string second = b.Write("x.txt", kGoText);
  EXPECT_EQ(Labels({first, second}), (Texts{first, second}));
}

TEST(Inputs, OfOnePathAreNumbered) {
  const TemporaryFolder folder;
  const std::string file = folder.Write("x.txt", kGoText);
  EXPECT_EQ(Labels({file, file}), (Texts{file + "#1", file + "#2"}));
}

TEST(Inputs, TakeALabelBeforeThePath) {
  const TemporaryFolder folder;
  const std::string file = folder.Write("x.txt", kGoText);
  EXPECT_EQ(Labels({"A=" + file, "A=" + file, file}),
            (Texts{"A", "A", "x.txt"}));
}

TEST(Inputs, WithAnEqualsSignInTheirNameAreFound) {
  const TemporaryFolder folder;
  const std::string file = folder.Write("k=3.txt", kGoText);
  EXPECT_EQ(Labels({file}), (Texts{"k=3.txt"}));
}

TEST(Inputs, ThatAreMissingAreNamedWithoutTheirLabel) {
  try {
    ReadInputs({"A=/no/such"});
    FAIL() << "should have thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), Failure::kBadData);
    EXPECT_EQ(std::string(error.what()).find("A="), std::string::npos);
  }
}

}  // namespace
}  // namespace opstat::cli
