// What the scratch policies promise: how often and how much a run allocates,
// and that recycling memory that was not cleared changes no bit of the output.

#include "engine/scratch.h"

#include <algorithm>

#include "tests/engine/allocations.h"
#include "tests/engine/support.h"

namespace opstat::engine {
namespace {

/// Fills every idle buffer of `pool`, to its full capacity.
template <class T>
void Poison(ScratchPool<T>& pool, T value) {
  std::vector<typename ScratchPool<T>::Lease> leases;
  while (pool.idle() > 0) leases.push_back(pool.Acquire(1));
  for (const auto& lease : leases) {
    std::fill_n(lease.data(), lease.capacity(), value);
  }
}

template <class T>
void PoisonAllPools(T value) {
  auto& pools = ScratchPools<T>::Instance();
  Poison(pools.columns, value);
  Poison(pools.product, value);
  Poison(pools.packed_weights, value);
  Poison(pools.packed_panels, value);
}

template <class T>
class Conv2dScratch : public ::testing::Test {};

TYPED_TEST_SUITE(Conv2dScratch, Dtypes);

TYPED_TEST(Conv2dScratch, PooledAllocatesNothingOnceWarm) {
  for (const auto& [name, shape] : TestShapes()) {
    SCOPED_TRACE(name);
    const Conv2dPlan<TypeParam> plan(shape);
    const auto data = RandomData(plan);
    auto y = Output(plan, data);
    const AllocationWatch watch;
    for (int i = 0; i < 20; ++i) {
      plan.Run(data.x.data(), data.w.data(), data.bias.data(), y.data());
    }
    EXPECT_EQ(watch.count(), 0U);
  }
}

TYPED_TEST(Conv2dScratch, AllocatingAllocatesItsTwoBuffersEveryCall) {
  for (const auto& [name, shape] : TestShapes()) {
    SCOPED_TRACE(name);
    const Conv2dPlan<TypeParam> plan(shape, Algorithm::kIm2col,
                                     Scratch::kAllocating);
    const auto data = RandomData(plan);
    auto y = Output(plan, data);
    const AllocationWatch watch;
    plan.Run(data.x.data(), data.w.data(), data.bias.data(), y.data());
    ASSERT_EQ(watch.count(), 2U);
    EXPECT_EQ(watch.bytes(0) + watch.bytes(1), plan.scratch_bytes());
    EXPECT_EQ(watch.bytes(1), plan.output_elements() * sizeof(TypeParam));
    plan.Run(data.x.data(), data.w.data(), data.bias.data(), y.data());
    EXPECT_EQ(watch.count(), 4U);
  }
}

TYPED_TEST(Conv2dScratch, AllocatingZeroesItsBuffersAndPooledDoesNot) {
  ScratchPool<TypeParam> pool;
  pool.Acquire(100).data()[99] = 7;
  const ScratchBuffer<TypeParam> pooled(Scratch::kPooled, pool, 100);
  EXPECT_EQ(pooled.data()[99], 7);
  const ScratchBuffer<TypeParam> fresh(Scratch::kAllocating, pool, 100);
  EXPECT_EQ(std::count(fresh.data(), fresh.data() + 100, TypeParam{0}), 100);
}

TYPED_TEST(Conv2dScratch, EightFurtherCallsGiveTheSameBits) {
  for (const auto& [name, shape] : TestShapes()) {
    SCOPED_TRACE(name);
    const Conv2dPlan<TypeParam> plan(shape);
    const auto data = RandomData(plan);
    const auto first = Output(plan, data);
    for (int i = 0; i < 8; ++i) ExpectSameBits(Output(plan, data), first);
  }
}

TYPED_TEST(Conv2dScratch, PoliciesGiveTheSameBits) {
  for (const auto& [name, shape] : TestShapes()) {
    SCOPED_TRACE(name);
    const Conv2dPlan<TypeParam> pooled(shape, Algorithm::kIm2col);
    const Conv2dPlan<TypeParam> allocating(shape, Algorithm::kIm2col,
                                           Scratch::kAllocating);
    const auto data = RandomData(pooled);
    ExpectSameBits(Output(pooled, data), Output(allocating, data));
  }
}

TYPED_TEST(Conv2dScratch, PoisonInThePoolsNeverReachesTheOutput) {
  for (const std::string_view isa : UsableIsas()) {
    const ScopedIsa forced(isa.data());
    for (const auto& [name, shape] : TestShapes()) {
      SCOPED_TRACE(std::string(name) + ", " + std::string(isa));
      const Conv2dPlan<TypeParam> plan(shape);
      const auto data = RandomData(plan);
      PoisonAllPools<TypeParam>(0);
      const auto clean = Output(plan, data);
      for (const TypeParam poison :
           {std::numeric_limits<TypeParam>::quiet_NaN(), TypeParam{-123456}}) {
        PoisonAllPools(poison);
        ExpectSameBits(Output(plan, data), clean);
      }
    }
  }
}

TYPED_TEST(Conv2dScratch, AFailedAllocationLeavesTheOutputAndThePoolsWhole) {
  const Conv2dShape shape{
      .c_in = 2, .h = 9, .w = 9, .c_out = 3, .kh = 3, .kw = 3};
  const Conv2dPlan<TypeParam> plan(shape, Algorithm::kIm2col,
                                   Scratch::kAllocating);
  const auto data = RandomData(plan);
  const auto want = Output(plan, data);
  auto y = want;
  const std::size_t idle =
      ScratchPools<TypeParam>::Instance().packed_weights.idle();
  for (const std::size_t allowed : {0U, 1U}) {
    AllocationWatch watch;
    watch.FailAfter(allowed);
    EXPECT_THROW(plan.Run(data.x.data(), data.w.data(), nullptr, y.data()),
                 std::bad_alloc);
  }
  ExpectSameBits(y, want);
  EXPECT_EQ(ScratchPools<TypeParam>::Instance().packed_weights.idle(), idle);
  ExpectSameBits(Output(plan, data), want);
}

}  // namespace
}  // namespace opstat::engine
