#include "engine/conv2d.h"

#include <algorithm>
#include <stdexcept>
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
      for (const Algorithm algorithm : AlgorithmsFor(shape)) {
        SCOPED_TRACE(Name(algorithm));
        Check(shape, algorithm);
      }
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

TYPED_TEST(Conv2dParity, IntegersGiveTheSameBitsEverywhere) {
  for (const auto& [name, shape] : TestShapes()) {
    SCOPED_TRACE(name);
    const Conv2dPlan<TypeParam> reference(shape, Algorithm::kReference);
    const auto data = SeedData(reference);
    const auto want = Output(reference, data);
    for (const std::string_view isa : UsableIsas()) {
      const ScopedIsa forced(isa.data());
      for (const Algorithm algorithm : AlgorithmsFor(shape)) {
        SCOPED_TRACE(std::string(isa) + " " + std::string(Name(algorithm)));
        const Conv2dPlan<TypeParam> plan(shape, algorithm);
        ExpectSameValues(Output(plan, data), want);
      }
    }
  }
}

Algorithm Chosen(const Conv2dShape& shape) {
  const Conv2dPlan<float> plan(shape);
  EXPECT_FALSE(plan.reason().empty());
  return plan.algorithm();
}

TEST(Conv2dPlan, TakesThePointwisePathWithoutScratch) {
  const Conv2dPlan<float> plan({.n = 2, .c_in = 4, .h = 3, .w = 5, .c_out = 6});
  EXPECT_EQ(plan.algorithm(), Algorithm::kPointwise);
  EXPECT_EQ(plan.scratch_bytes(), 0U);
  EXPECT_NE(plan.reason().find("1x1"), std::string_view::npos);
}

TEST(Conv2dPlan, TakesPointwiseForNothingElse) {
  for (const Conv2dShape& shape : {Conv2dShape{.h = 9, .w = 9, .stride_h = 2},
                                   Conv2dShape{.h = 9, .w = 9, .stride_w = 2},
                                   Conv2dShape{.h = 9, .w = 9, .pad_bottom = 1},
                                   Conv2dShape{.h = 9, .w = 9, .pad_right = 1},
                                   Conv2dShape{.h = 9, .w = 9, .kw = 2}}) {
    EXPECT_NE(Chosen(shape), Algorithm::kPointwise);
    EXPECT_THROW(Conv2dPlan<float>(shape, Algorithm::kPointwise),
                 AlgorithmError);
  }
}

TEST(Conv2dPlan, ChoosesByShape) {
  const Conv2dShape dense{
      .c_in = 4, .h = 16, .w = 16, .c_out = 8, .kh = 3, .kw = 3};
  EXPECT_EQ(Chosen(dense), Algorithm::kDirect);
  Conv2dShape depthwise = dense;
  depthwise.groups = 4;
  EXPECT_EQ(Chosen(depthwise), Algorithm::kDepthwise);
  Conv2dShape one_pixel_of_many = dense;
  one_pixel_of_many.n = 32;
  one_pixel_of_many.kh = one_pixel_of_many.kw = 16;
  EXPECT_EQ(Chosen(one_pixel_of_many), Algorithm::kIm2col);
  // Two taps 4000 rows apart over a map of one row, nearly all of it padding.
  const Conv2dShape far{
      .kh = 2, .pad_top = 4000, .pad_bottom = 4000, .dil_h = 8000};
  EXPECT_EQ(Chosen(far), Algorithm::kIm2col);
}

TEST(Conv2dPlan, SaysWhyAnAlgorithmCannotDoTheShape) {
  const auto refusal = [](const Conv2dShape& shape, Algorithm algorithm) {
    try {
      const Conv2dPlan<float> plan(shape, algorithm);
      return std::string();
    } catch (const AlgorithmError& e) {
      return std::string(e.what());
    }
  };
  EXPECT_EQ(refusal({.h = 4, .w = 4, .stride_w = 2}, Algorithm::kPointwise),
            "algorithm pointwise cannot do stride_w = 2, not 1");
  EXPECT_EQ(
      refusal({.c_in = 6, .c_out = 6, .groups = 2}, Algorithm::kDepthwise),
      "algorithm depthwise cannot do groups = 2, not c_in = 6");
}

TEST(Conv2dPlan, RefusesToPadWhatNoMemoryHolds) {
  constexpr std::int64_t kFar = std::int64_t{1} << 60;
  EXPECT_THROW(Conv2dPlan<float>({.kh = 2, .pad_top = kFar, .dil_h = kFar},
                                 Algorithm::kDirect),
               ShapeError);
}

TEST(Conv2dPlan, PacksWeightsOnceForManyRuns) {
  for (const auto& [name, shape] : TestShapes()) {
    for (const Algorithm algorithm : AlgorithmsFor(shape)) {
      SCOPED_TRACE(std::string(name) + " " + std::string(Name(algorithm)));
      const Conv2dPlan<float> plan(shape, algorithm);
      ConvData<float> data = RandomData(plan);
      const auto want = Output(plan, data);
      const PackedWeights<float> packed = plan.Pack(data.w.data());
      EXPECT_EQ(packed.bytes(), plan.packed_weight_bytes());
      data.w.clear();
      const Conv2dPlan<float> copy = plan;
      for (const auto* p : {&plan, &copy}) {
        std::vector<float> y(want.size());
        p->Run(data.x.data(), packed, data.bias.data(), y.data());
        ExpectSameBits(y, want);
      }
    }
  }
}

TEST(Conv2dPlan, RefusesWeightsThatAnotherPlanPacked) {
  const Conv2dPlan<float> one({.c_in = 2, .c_out = 2});
  const Conv2dPlan<float> other({.c_in = 4, .c_out = 4});
  const std::vector<float> w(16, 1.0F), x(4, 1.0F);
  std::vector<float> y(4, 42.0F);
  const auto packed = one.Pack(w.data());
  EXPECT_THROW(other.Run(x.data(), packed, nullptr, y.data()),
               std::invalid_argument);
  EXPECT_EQ(y, std::vector<float>(4, 42.0F));
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
  const Conv2dPlan<float> plan(gemm, Algorithm::kIm2col);
  const std::size_t output = plan.output_elements() * sizeof(float);
  EXPECT_EQ(plan.scratch_bytes(), (288U + 64) * 4096 * 4);
  // -84.6 %: output / (scratch + output) is what pooling leaves of the bytes.
  EXPECT_EQ(plan.scratch_bytes() * 10, output * 55);
}

TEST(Conv2dPlan, PadsABandAtATime) {
  const Conv2dShape large{
      .n = 4, .c_in = 64, .h = 300, .w = 300, .c_out = 8, .kh = 3, .kw = 3};
  const Conv2dPlan<float> plan(large, Algorithm::kDirect);
  EXPECT_GT(plan.scratch_bytes(), 0U);
  EXPECT_LT(plan.scratch_bytes(), std::size_t{1} << 20);
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
  for (const Algorithm a :
       {Algorithm::kAuto, Algorithm::kReference, Algorithm::kIm2col,
        Algorithm::kDirect, Algorithm::kPointwise, Algorithm::kDepthwise}) {
    EXPECT_EQ(ParseAlgorithm(Name(a)), a);
  }
  for (const Scratch s : kPolicies) {
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
                 "direct, pointwise, depthwise");
  }
  EXPECT_THROW(ParseScratch(""), UnknownName);
}

}  // namespace
}  // namespace opstat::engine
