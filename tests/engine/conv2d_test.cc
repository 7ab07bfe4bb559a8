#include "engine/conv2d.h"

#include <thread>
#include <utility>

#include "engine/named_values.h"
#include "tests/engine/support.h"

namespace opstat::engine {
namespace {

template <class T>
class Conv2dParity : public ::testing::Test {
 protected:
  /// Runs `algorithm` on the seed's and on random data against the reference.
  static void Check(const Conv2dShape& shape, Algorithm algorithm) {
    const Conv2dPlan<T> plan(shape, algorithm);
    const Conv2dPlan<T> reference(shape, Algorithm::kReference);
    for (const ConvData<T>& data : {SeedData(plan), RandomData(plan)}) {
      ExpectClose(Output(plan, data), Output(reference, data));
    }
  }

  static void CheckAllShapes() {
    for (const auto& [name, shape] : TestShapes()) {
      SCOPED_TRACE(name);
      Check(shape, Algorithm::kIm2col);
      Check(shape, Algorithm::kAuto);
    }
  }
};

TYPED_TEST_SUITE(Conv2dParity, Dtypes);

TYPED_TEST(Conv2dParity, EveryIsaEqualsTheReference) {
  for (const std::string_view isa : UsableIsas()) {
    SCOPED_TRACE(isa);
    const ScopedIsa forced(isa.data());
    TestFixture::CheckAllShapes();
  }
}

TYPED_TEST(Conv2dParity, RoutingBySizeEqualsTheReference) {
  const ScopedIsa unset(nullptr);
  TestFixture::CheckAllShapes();
}

TYPED_TEST(Conv2dParity, LeavesOutAMissingBias) {
  const Conv2dShape shape{
      .c_in = 3, .h = 5, .w = 5, .c_out = 4, .kh = 3, .kw = 3};
  const Conv2dPlan<TypeParam> plan(shape);
  ConvData<TypeParam> data = RandomData(plan);
  const auto biased = Output(plan, data);
  const std::vector<TypeParam> bias = std::exchange(data.bias, {});
  auto expected = Output(plan, data);
  for (std::size_t i = 0; i < expected.size(); ++i) expected[i] += bias[i / 9];
  ExpectClose(biased, expected);
}

TEST(Conv2dPlan, TakesThePointwisePathWithoutScratch) {
  const Conv2dPlan<float> plan({.n = 2, .c_in = 4, .h = 3, .w = 5, .c_out = 6});
  EXPECT_EQ(plan.algorithm(), Algorithm::kPointwise);
  EXPECT_EQ(plan.scratch_bytes(), 0U);
  EXPECT_NE(plan.reason().find("1x1"), std::string_view::npos);
}

TEST(Conv2dPlan, TakesIm2colForEveryOtherShape) {
  for (Conv2dShape shape : {Conv2dShape{.h = 9, .w = 9, .stride_h = 2},
                            Conv2dShape{.h = 9, .w = 9, .stride_w = 2},
                            Conv2dShape{.h = 9, .w = 9, .pad_bottom = 1},
                            Conv2dShape{.h = 9, .w = 9, .pad_right = 1},
                            Conv2dShape{.h = 9, .w = 9, .kw = 2}}) {
    EXPECT_EQ(Conv2dPlan<float>(shape).algorithm(), Algorithm::kIm2col);
    EXPECT_THROW(Conv2dPlan<float>(shape, Algorithm::kPointwise),
                 AlgorithmError);
  }
}

TEST(Conv2dPlan, SaysWhyPointwiseCannotDoTheShape) {
  try {
    const Conv2dPlan<float> plan({.h = 4, .w = 4, .stride_w = 2},
                                 Algorithm::kPointwise);
    FAIL() << "not refused";
  } catch (const AlgorithmError& e) {
    EXPECT_STREQ(e.what(), "algorithm pointwise cannot do stride_w = 2, not 1");
  }
}

TEST(Conv2dPlan, SpendsSixTimesTheOutputOnTheSeedsShapes) {
  const Conv2dShape gemm{.c_in = 32,
                         .h = 64,
                         .w = 64,
                         .c_out = 64,
                         .kh = 3,
                         .kw = 3,
                         .pad_top = 1,
                         .pad_left = 1,
                         .pad_bottom = 1,
                         .pad_right = 1};
  const Conv2dPlan<float> plan(gemm);
  const std::size_t output = plan.output_elements() * sizeof(float);
  EXPECT_EQ(plan.scratch_bytes(), (288U + 64) * 4096 * 4);
  // -84.6 %: output / (scratch + output) is what pooling leaves of the bytes.
  EXPECT_EQ(plan.scratch_bytes() * 10, output * 55);
}

TEST(Conv2dPlan, RunsInManyThreadsAtOnce) {
  const Conv2dPlan<float> plan(
      {.n = 2, .c_in = 6, .h = 20, .w = 20, .c_out = 8, .kh = 3, .kw = 3});
  const ConvData<float> data = RandomData(plan);
  const std::vector<float> want = Output(plan, data);
  std::vector<std::vector<float>> got(8);
  std::vector<std::thread> threads;
  threads.reserve(got.size());
  for (auto& y : got) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) y = Output(plan, data);
    });
  }
  for (std::thread& t : threads) t.join();
  for (const auto& y : got) ExpectSameBits(y, want);
}

TEST(Names, AreReadAndWrittenAlike) {
  for (const Algorithm a : {Algorithm::kAuto, Algorithm::kReference,
                            Algorithm::kIm2col, Algorithm::kPointwise}) {
    EXPECT_EQ(ParseAlgorithm(Name(a)), a);
  }
  for (const Scratch s : {Scratch::kAllocating, Scratch::kPooled}) {
    EXPECT_EQ(ParseScratch(Name(s)), s);
  }
}

TEST(Names, ListTheKnownOnesWhenUnknown) {
  try {
    ParseAlgorithm("winograd");
    FAIL() << "not refused";
  } catch (const UnknownName& e) {
    EXPECT_STREQ(e.what(),
                 "algorithm 'winograd': known are auto, reference, im2col, "
                 "pointwise");
  }
  EXPECT_THROW(ParseScratch(""), UnknownName);
}

}  // namespace
}  // namespace opstat::engine
