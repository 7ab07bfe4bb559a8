#include "engine/dispatch.h"

#include <hwy/targets.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "tests/engine/support.h"

namespace opstat::engine {
namespace {

using std::string_view_literals::operator""sv;

const Conv2dShape kLarge{
    .c_in = 8, .h = 16, .w = 16, .c_out = 8, .kh = 3, .kw = 3};
const Conv2dShape kOnePixel{
    .c_in = 8, .h = 3, .w = 3, .c_out = 4, .kh = 3, .kw = 3};

std::string Refusal(const char* isa) {
  const ScopedIsa forced(isa);
  try {
    const Conv2dPlan<float> plan(kLarge);
    return {};
  } catch (const IsaError& e) {
    return e.what();
  }
}

TEST(Dispatch, EveryUsableIsaCanBeForcedForEverySize) {
  for (const std::string_view isa : UsableIsas()) {
    const ScopedIsa forced(isa.data());
    EXPECT_EQ(Conv2dPlan<float>(kLarge).isa(), isa);
    EXPECT_EQ(Conv2dPlan<double>(kLarge).isa(), isa);
    EXPECT_EQ(Conv2dPlan<float>(kOnePixel).isa(), isa);
  }
}

TEST(Dispatch, ChoosesTheBestIsaForAllButTheSmallestProducts) {
  for (const char* unset : {static_cast<const char*>(nullptr), ""}) {
    const ScopedIsa choose(unset);
    EXPECT_EQ(Conv2dPlan<float>(kLarge).isa(), UsableIsas().front());
    EXPECT_STREQ(Conv2dPlan<float>(kOnePixel).isa(), "scalar");
  }
}

TEST(Dispatch, IsReadAtEachPlan) {
  const ScopedIsa forced("scalar");
  EXPECT_STREQ(Conv2dPlan<float>(kLarge).isa(), "scalar");
  const ScopedIsa choose(nullptr);
  EXPECT_EQ(Conv2dPlan<float>(kLarge).isa(), UsableIsas().front());
}

TEST(Dispatch, ScalarAlwaysWorksAndComesLast) {
  EXPECT_EQ(UsableIsas().back(), "scalar");
}

TEST(Dispatch, RefusesAnUnknownIsaAndListsTheUsable) {
  const std::string refusal = Refusal("avx1024");
  EXPECT_NE(refusal.find("'avx1024' is unknown"), std::string::npos);
  EXPECT_NE(refusal.find("scalar"), std::string::npos);
  EXPECT_NE(Refusal("AVX2"), "");
}

TEST(Dispatch, NeverFallsBackFromAnIsaThatIsMissing) {
  const auto usable = UsableIsas();
  for (const char* isa : {"avx512", "avx2", "sse4", "ssse3", "neon"}) {
    const bool works = std::ranges::find(usable, isa) != usable.end();
    EXPECT_EQ(Refusal(isa).empty(), works) << isa;
  }
}

/// Exits with 0 when every vector set is refused for the CPU's sake and
/// "scalar" is chosen without being asked for.
[[noreturn]] void RunOnACpuWithoutVectors() {
  hwy::SetSupportedTargetsForTest(HWY_SCALAR);
  bool refused = true;
  for (const char* isa : {"avx512", "avx2", "sse4", "ssse3", "neon"}) {
    refused = refused && !Refusal(isa).empty();
  }
  const ScopedIsa choose(nullptr);
  std::exit(refused && Conv2dPlan<float>(kLarge).isa() == "scalar"sv ? 0 : 1);
}

// In a process of its own, because the CPU is asked only once in each.
TEST(DispatchDeathTest, RefusesWhatTheCpuLacks) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(RunOnACpuWithoutVectors(), ::testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace opstat::engine
