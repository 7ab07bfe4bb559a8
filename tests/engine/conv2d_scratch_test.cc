// What the scratch policies promise: how often and how much a run allocates,
// and that recycling memory that was not cleared changes no bit of the output.

#include "engine/scratch.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <barrier>
#include <mutex>
#include <set>
#include <thread>

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
  Poison(pools.padded, value);
  Poison(pools.packed_weights, value);
  Poison(pools.packed_panels, value);
  Poison(pools.sums, value);
}

template <class T>
class Conv2dScratch : public ::testing::Test {};

TYPED_TEST_SUITE(Conv2dScratch, Dtypes);

/// Runs `check(plan)` for every shape, algorithm and policy of `policies`.
template <class T, class Policies, class Check>
void ForEveryPlan(const Policies& policies, const Check& check) {
  for (const auto& [name, shape] : TestShapes()) {
    for (const Algorithm algorithm : AlgorithmsFor(shape)) {
      for (const Scratch scratch : policies) {
        SCOPED_TRACE(std::string(name) + " " + std::string(Name(algorithm)) +
                     " " + std::string(Name(scratch)));
        check(Conv2dPlan<T>(shape, algorithm, scratch));
      }
    }
  }
}

TYPED_TEST(Conv2dScratch, PooledAllocatesNothingOnceWarm) {
  ForEveryPlan<TypeParam>(std::array{Scratch::kPooled}, [](const auto& plan) {
    const auto data = RandomData(plan);
    auto y = Output(plan, data);
    const AllocationWatch watch;
    for (int i = 0; i < 20; ++i) {
      plan.Run(data.x.data(), data.w.data(), data.bias.data(), y.data());
    }
    EXPECT_EQ(watch.count(), 0U);
  });
}

// What is mapped is no allocation, and what is pooled none any more.
TYPED_TEST(Conv2dScratch, ACounterSeesWhatThePlanSays) {
  ForEveryPlan<TypeParam>(kPolicies, [](const auto& plan) {
    const auto data = RandomData(plan);
    auto y = Output(plan, data);
    const AllocationWatch watch;
    plan.Run(data.x.data(), data.w.data(), data.bias.data(), y.data());
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < watch.count(); ++i) bytes += watch.bytes(i);
    const bool allocates = plan.scratch() == Scratch::kAllocating;
    EXPECT_EQ(bytes, allocates ? plan.scratch_bytes() : 0);
  });
}

TYPED_TEST(Conv2dScratch, APackedRunTouchesNoPoolOfWeights) {
  const Conv2dPlan<TypeParam> plan(
      {.c_in = 3, .h = 9, .w = 9, .c_out = 4, .kh = 3, .kw = 3});
  const auto data = RandomData(plan);
  auto y = Output(plan, data);
  const auto packed = plan.Pack(data.w.data());
  auto& pool = ScratchPools<TypeParam>::Instance().packed_weights;
  const auto all_of_it = pool.Acquire(1);
  const std::size_t idle = pool.idle();
  const AllocationWatch watch;
  plan.Run(data.x.data(), packed, nullptr, y.data());
  EXPECT_EQ(watch.count(), 0U);
  EXPECT_EQ(pool.idle(), idle);
}

TEST(Conv2dScratchThreads, EightAtOnceAllocateNothingOnceWarm) {
  const Conv2dPlan<float> plan({.n = 2,
                                .c_in = 6,
                                .h = 20,
                                .w = 20,
                                .c_out = 8,
                                .kh = 3,
                                .kw = 3,
                                .pad_left = 1});
  const auto data = RandomData(plan);
  const auto want = Output(plan, data);
  constexpr int kThreads = 8;
  std::barrier all_warm(kThreads);
  std::atomic<std::size_t> allocations = 0;
  std::mutex mutex;
  std::set<const void*> pools;
  const auto work = [&] {
    auto y = Output(plan, data);
    all_warm.arrive_and_wait();
    {
      const AllocationWatch watch;
      for (int i = 0; i < 20; ++i) {
        plan.Run(data.x.data(), data.w.data(), data.bias.data(), y.data());
      }
      allocations += watch.count();
    }
    ExpectSameBits(y, want);
    {
      const std::lock_guard lock(mutex);
      pools.insert(&ScratchPools<float>::Instance());
    }
    all_warm.arrive_and_wait();
  };
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i) threads.emplace_back(work);
  for (std::thread& t : threads) t.join();
  EXPECT_EQ(allocations, 0U);
  EXPECT_EQ(pools.size(), 8U);
}

TEST(Conv2dScratchThreads, ANewThreadTakesOverThePoolsOfOneThatEnded) {
  const void* const mine = &ScratchPools<float>::Instance();
  const void *first = nullptr, *second = nullptr;
  std::thread([&] { first = &ScratchPools<float>::Instance(); }).join();
  std::thread([&] { second = &ScratchPools<float>::Instance(); }).join();
  EXPECT_EQ(first, second);
  EXPECT_NE(first, mine);
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

TYPED_TEST(Conv2dScratch, MappedIsZero) {
  ScratchPool<TypeParam> pool;
  const ScratchBuffer<TypeParam> fresh(Scratch::kMapped, pool, 100);
  EXPECT_EQ(std::count(fresh.data(), fresh.data() + 100, TypeParam{0}), 100);
  EXPECT_EQ(pool.idle(), 0U);
}

TYPED_TEST(Conv2dScratch, MappingMoreThanThereIsThrows) {
  ScratchPool<TypeParam> pool;
  EXPECT_THROW(
      ScratchBuffer<TypeParam>(Scratch::kMapped, pool, std::size_t{1} << 58),
      std::bad_alloc);
}

TYPED_TEST(Conv2dScratch, EightFurtherCallsGiveTheSameBits) {
  ForEveryPlan<TypeParam>(std::array{Scratch::kPooled}, [](const auto& plan) {
    const auto data = RandomData(plan);
    const auto first = Output(plan, data);
    for (int i = 0; i < 8; ++i) ExpectSameBits(Output(plan, data), first);
  });
}

TYPED_TEST(Conv2dScratch, PoliciesGiveTheSameBits) {
  for (const std::string_view isa : UsableIsas()) {
    SCOPED_TRACE(isa);
    const ScopedIsa forced(isa.data());
    ForEveryPlan<TypeParam>(
        std::array{Scratch::kPooled, Scratch::kMapped}, [](const auto& plan) {
          const Conv2dPlan<TypeParam> allocating(plan.shape(), plan.algorithm(),
                                                 Scratch::kAllocating);
          const auto data = RandomData(plan);
          ExpectSameBits(Output(plan, data), Output(allocating, data));
        });
  }
}

TYPED_TEST(Conv2dScratch, PoisonInThePoolsNeverReachesTheOutput) {
  for (const std::string_view isa : UsableIsas()) {
    SCOPED_TRACE(isa);
    const ScopedIsa forced(isa.data());
    ForEveryPlan<TypeParam>(std::array{Scratch::kPooled}, [](const auto& plan) {
      const auto data = RandomData(plan);
      PoisonAllPools<TypeParam>(0);
      const auto clean = Output(plan, data);
      for (const TypeParam poison :
           {std::numeric_limits<TypeParam>::quiet_NaN(), TypeParam{-123456}}) {
        PoisonAllPools(poison);
        ExpectSameBits(Output(plan, data), clean);
      }
    });
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
