#include "engine/conv2d_c.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <thread>
#include <vector>

#include "tests/engine/allocations.h"
#include "tests/engine/support.h"

extern "C" int opstat_test_correlate_in_c(double y[4]);

namespace opstat::engine {
namespace {

class ConvInC : public ::testing::Test {
 protected:
  /// The status of a call that is expected to fail; y must stay as it is.
  int Refused(const opstat_conv2d_params& params, const char* algo = nullptr,
              const char* scratch = nullptr) {
    std::vector<float> y(18, 42.0F);
    const int status = opstat_conv2d_f32(&params, algo, scratch, x_.data(),
                                         w_.data(), nullptr, y.data());
    EXPECT_EQ(y, std::vector<float>(18, 42.0F));
    return status;
  }

  opstat_conv2d_params params_{.n = 1,
                               .c_in = 2,
                               .h = 5,
                               .w = 5,
                               .c_out = 2,
                               .kh = 3,
                               .kw = 3,
                               .pad_top = 0,
                               .pad_left = 0,
                               .pad_bottom = 0,
                               .pad_right = 0,
                               .stride_h = 1,
                               .stride_w = 1,
                               .dil_h = 1,
                               .dil_w = 1,
                               .groups = 1};
  std::vector<float> x_ = std::vector<float>(50, 1.0F);
  std::vector<float> w_ = std::vector<float>(36, 1.0F);
};

TEST_F(ConvInC, IsCallableFromC) {
  std::array<double, 4> y{};
  EXPECT_EQ(opstat_test_correlate_in_c(y.data()), OPSTAT_CONV_OK);
  EXPECT_EQ(y, (std::array<double, 4>{37, 47, 67, 77}));
}

TEST_F(ConvInC, ComputesWithEveryAlgorithmAndPolicy) {
  const std::vector<float> bias = {0.5F, -1.0F};
  for (const char* algo : {static_cast<const char*>(nullptr), "auto", "im2col",
                           "direct", "reference"}) {
    for (const char* scratch : {static_cast<const char*>(nullptr), "allocating",
                                "pooled", "mapped"}) {
      std::vector<float> y(18);
      EXPECT_EQ(opstat_conv2d_f32(&params_, algo, scratch, x_.data(), w_.data(),
                                  bias.data(), y.data()),
                OPSTAT_CONV_OK);
      EXPECT_EQ(y[8], 18.5F);
      EXPECT_EQ(y[9], 17.0F);
    }
  }
}

TEST_F(ConvInC, GivesTheOutputShape) {
  params_.pad_right = 3;
  std::array<std::int64_t, 4> out{};
  EXPECT_EQ(opstat_conv2d_output_shape(&params_, out.data()), OPSTAT_CONV_OK);
  EXPECT_EQ(out, (std::array<std::int64_t, 4>{1, 2, 3, 6}));
}

TEST_F(ConvInC, RefusesUnknownNames) {
  EXPECT_EQ(Refused(params_, "winograd"), OPSTAT_CONV_UNKNOWN_NAME);
  EXPECT_NE(std::string(opstat_last_error()).find("winograd"),
            std::string::npos);
  EXPECT_EQ(Refused(params_, ""), OPSTAT_CONV_UNKNOWN_NAME);
  EXPECT_EQ(Refused(params_, nullptr, "borrowed"), OPSTAT_CONV_UNKNOWN_NAME);
}

TEST_F(ConvInC, RefusesAnAlgorithmThatCannotDoTheShape) {
  EXPECT_EQ(Refused(params_, "pointwise"), OPSTAT_CONV_BAD_ALGORITHM);
  EXPECT_NE(std::string(opstat_last_error()).find("kh = 3"), std::string::npos);
  EXPECT_EQ(Refused(params_, "depthwise"), OPSTAT_CONV_BAD_ALGORITHM);
  EXPECT_STREQ(opstat_last_error(),
               "algorithm depthwise cannot do groups = 1, not c_in = 2");
}

TEST_F(ConvInC, RefusesABadShape) {
  params_.groups = 3;
  EXPECT_EQ(Refused(params_), OPSTAT_CONV_BAD_SHAPE);
  std::array<std::int64_t, 4> out{7, 7, 7, 7};
  EXPECT_EQ(opstat_conv2d_output_shape(&params_, out.data()),
            OPSTAT_CONV_BAD_SHAPE);
  EXPECT_EQ(out[0], 7);
  EXPECT_STREQ(opstat_last_error(), "groups = 3 does not divide c_in = 2");
}

TEST_F(ConvInC, RefusesAnUnusableIsa) {
  const ScopedIsa forced("avx1024");
  EXPECT_EQ(Refused(params_), OPSTAT_CONV_BAD_ISA);
}

TEST_F(ConvInC, RefusesNullPointers) {
  std::vector<float> y(18);
  EXPECT_EQ(opstat_conv2d_f32(nullptr, nullptr, nullptr, x_.data(), w_.data(),
                              nullptr, y.data()),
            OPSTAT_CONV_NULL_POINTER);
  EXPECT_EQ(opstat_conv2d_f32(&params_, nullptr, nullptr, nullptr, w_.data(),
                              nullptr, y.data()),
            OPSTAT_CONV_NULL_POINTER);
  EXPECT_EQ(opstat_conv2d_output_shape(&params_, nullptr),
            OPSTAT_CONV_NULL_POINTER);
}

TEST_F(ConvInC, ReportsMemoryThatRunsOut) {
  AllocationWatch watch;
  watch.FailAfter(0);
  const int status =
      opstat_conv2d_f32(&params_, "im2col", "allocating", x_.data(), w_.data(),
                        nullptr, x_.data());
  EXPECT_EQ(status, OPSTAT_CONV_NO_MEMORY);
}

TEST_F(ConvInC, KeepsTheErrorTextOfEachThread) {
  Refused(params_, "winograd");
  std::thread([] { EXPECT_STREQ(opstat_last_error(), ""); }).join();
  EXPECT_STRNE(opstat_last_error(), "");
}

TEST_F(ConvInC, StatesItsVersion) { EXPECT_EQ(opstat_conv_abi_version(), 1); }

}  // namespace
}  // namespace opstat::engine
