#include "engine/gemm.h"

#include <numeric>
#include <string_view>
#include <tuple>

#include "engine/aligned_buffer.h"
#include "engine/pack.h"
#include "tests/engine/support.h"

namespace opstat::engine {
namespace {

TEST(BalancedSplit, MakesFewAndEvenParts) {
  const BalancedSplit rows(64, 14);
  ASSERT_EQ(rows.parts(), 5U);
  std::size_t next = 0;
  for (std::size_t i = 0; i < rows.parts(); ++i) {
    EXPECT_EQ(rows.Begin(i), next);
    EXPECT_EQ(rows.Size(i), i < 4 ? 13U : 12U);
    next += rows.Size(i);
  }
  EXPECT_EQ(next, rows.total());
}

TEST(PackWeights, OrdersByDepthBlockRowBlockDepthRow) {
  const std::vector<float> weights = {11, 12, 13, 21, 22, 23, 31, 32, 33};
  std::vector<float> packed(9);
  PackWeights(weights.data(), BalancedSplit(3, 2), BalancedSplit(3, 2), nullptr,
              packed.data());
  EXPECT_EQ(packed, (std::vector<float>{11, 21, 12, 22, 31, 32,  // k = 1, 2
                                        13, 23, 33}));           // k = 3
}

TEST(PackWeights, TakesTheTapsInTheOrderGiven) {
  const std::vector<float> weights = {11, 12, 13, 21, 22, 23, 31, 32, 33};
  const std::vector<std::size_t> positions = {2, 0, 1};
  std::vector<float> packed(9);
  PackWeights(weights.data(), BalancedSplit(3, 2), BalancedSplit(3, 2),
              positions.data(), packed.data());
  EXPECT_EQ(packed, (std::vector<float>{13, 23, 11, 21, 33, 31,  //
                                        12, 22, 32}));
}

TEST(PackPanels, FillsTheLastPanelWithZeros) {
  for (const std::string_view isa : UsableIsas()) {
    SCOPED_TRACE(isa);
    const ScopedIsa forced(isa.data());
    const KernelSet<double>& kernels = *ChooseIsa<double>(1).kernels;
    const std::size_t nr = kernels.panel_columns, n = nr + 1;
    std::vector<double> source(2 * n);
    for (std::size_t i = 0; i < source.size(); ++i) {
      source[i] = static_cast<double>(i + 1);
    }
    const AlignedBuffer<double> packed(4 * nr);
    std::fill_n(packed.data(), packed.size(), -123456.0);
    kernels.pack_panels(source.data(), n, 2, n, packed.data());
    EXPECT_EQ(packed.data()[nr], source[n]);       // panel 0, row 1
    EXPECT_EQ(packed.data()[2 * nr], source[nr]);  // panel 1, row 0
    EXPECT_EQ(packed.data()[3 * nr], source[n + nr]);
    for (std::size_t j = 1; j < nr; ++j) {
      EXPECT_EQ(packed.data()[2 * nr + j], 0);
      EXPECT_EQ(packed.data()[3 * nr + j], 0);
    }
  }
}

// 37 columns: whole lines and a rest; the last panel has fewer rows.
TEST(PackColumns, PutsEachColumnInItsPlace) {
  constexpr std::size_t kColumns = 37;
  for (const std::string_view isa : UsableIsas()) {
    SCOPED_TRACE(isa);
    const ScopedIsa forced(isa.data());
    const KernelSet<float>& kernels = *ChooseIsa<float>(1).kernels;
    const std::size_t nr = kernels.channel_columns.columns;
    std::vector<float> source(nr * kColumns);
    std::iota(source.begin(), source.end(), 1.0F);
    std::vector<std::size_t> places(kColumns);
    std::iota(places.rbegin(), places.rend(), std::size_t{0});
    for (const std::size_t rows : {nr, nr - 1, std::size_t{1}}) {
      std::vector<float> packed(nr * kColumns), expected(nr * kColumns);
      for (std::size_t j = 0; j < kColumns; ++j) {
        for (std::size_t r = 0; r < rows; ++r) {
          expected[places[j] * nr + r] = source[r * kColumns + j];
        }
      }
      kernels.pack_columns(source.data(), kColumns, rows, kColumns,
                           places.data(), packed.data());
      EXPECT_EQ(packed, expected) << rows;
    }
  }
}

using Edges = std::tuple<std::size_t, std::size_t, std::size_t>;

class GemmEdges : public ::testing::TestWithParam<Edges> {
 protected:
  template <class T>
  static void CheckEveryIsa() {
    for (const std::string_view isa : UsableIsas()) {
      SCOPED_TRACE(isa);
      const ScopedIsa forced(isa.data());
      Check<T>();
    }
  }

 private:
  template <class T>
  static void Check() {
    const auto [m, n, k] = GetParam();
    const auto data = Operands<T>(m, n, k);
    const Gemm<T> gemm(*ChooseIsa<T>(n).kernels, m, k, n);
    // As large as asked for and no larger: AddressSanitizer sees a step past.
    const AlignedBuffer<T> weights(gemm.PackedWeightElements());
    const AlignedBuffer<T> panels(gemm.PackedPanelElements());
    std::vector<T> c(m * n, std::numeric_limits<T>::quiet_NaN());
    gemm.PackWeights(data.w.data(), weights.data());
    gemm.Multiply(weights.data(), data.x.data(), data.bias.data(), c.data(),
                  panels.data());
    ExpectClose(c, TripleLoop(data, m, n, k));
  }

  template <class T>
  static ConvData<T> Operands(std::size_t m, std::size_t n, std::size_t k) {
    const auto extent = [](std::size_t v) {
      return static_cast<std::int64_t>(v);
    };
    return RandomData(
        Conv2dPlan<T>({.c_in = extent(k), .w = extent(n), .c_out = extent(m)}));
  }

  template <class T>
  static std::vector<T> TripleLoop(const ConvData<T>& data, std::size_t m,
                                   std::size_t n, std::size_t k) {
    std::vector<T> c;
    for (std::size_t r = 0; r < m; ++r) {
      for (std::size_t j = 0; j < n; ++j) {
        double sum = data.bias[r];
        for (std::size_t p = 0; p < k; ++p) {
          sum += double{data.w[r * k + p]} * double{data.x[p * n + j]};
        }
        c.push_back(static_cast<T>(sum));
      }
    }
    return c;
  }
};

TEST_P(GemmEdges, F32EqualsTheTripleLoop) { CheckEveryIsa<float>(); }
TEST_P(GemmEdges, F64EqualsTheTripleLoop) { CheckEveryIsa<double>(); }

std::string EdgeName(const ::testing::TestParamInfo<Edges>& test) {
  const auto [m, n, k] = test.param;
  return "m" + std::to_string(m) + "n" + std::to_string(n) + "k" +
         std::to_string(k);
}

// Below, at and above MR (4, 6, 14), NR (4 to 32) and KC (640).
INSTANTIATE_TEST_SUITE_P(Sizes, GemmEdges,
                         ::testing::Combine(::testing::Values(1, 5, 14, 31),
                                            ::testing::Values(1, 3, 8, 33, 131),
                                            ::testing::Values(1, 7, 640, 641)),
                         EdgeName);

}  // namespace
}  // namespace opstat::engine
