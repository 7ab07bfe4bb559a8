#include "engine/scratch_pool.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "tests/engine/allocations.h"

namespace opstat::engine {
namespace {

TEST(ScratchPool, ReusesABufferUpToItsFullCapacity) {
  ScratchPool<float> pool;
  const float* first = pool.Acquire(100).data();
  const AllocationWatch watch;
  for (const std::size_t size : {1U, 60U, 100U}) {
    const auto lease = pool.Acquire(size);
    EXPECT_EQ(lease.data(), first);
    EXPECT_EQ(lease.capacity(), 100U);
  }
  EXPECT_EQ(watch.count(), 0U);
}

TEST(ScratchPool, DoesNotClearWhatItRecycles) {
  ScratchPool<float> pool;
  pool.Acquire(4).data()[3] = 7;
  EXPECT_EQ(pool.Acquire(4).data()[3], 7);
}

TEST(ScratchPool, GrowsABufferInsteadOfAddingOne) {
  ScratchPool<float> pool;
  pool.Acquire(100);
  pool.Acquire(200);
  EXPECT_EQ(pool.idle(), 1U);
  EXPECT_EQ(pool.Acquire(1).capacity(), 200U);
}

TEST(ScratchPool, LendsTheSmallestBufferThatFits) {
  ScratchPool<float> pool;
  { const auto large = pool.Acquire(1000), small = pool.Acquire(10); }
  const auto lease = pool.Acquire(5);
  EXPECT_EQ(lease.capacity(), 10U);
  EXPECT_EQ(pool.Acquire(11).capacity(), 1000U);
}

TEST(ScratchPool, LendsABufferToOneLeaseAtATime) {
  ScratchPool<float> pool;
  pool.Acquire(8);
  const auto one = pool.Acquire(8), other = pool.Acquire(8);
  EXPECT_NE(one.data(), other.data());
}

TEST(ScratchPool, AlignsToACacheLine) {
  ScratchPool<float> pool;
  const auto lease = pool.Acquire(3);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(lease.data()) % 64, 0U);
}

TEST(ScratchPool, TakesABufferBackWhenAnExceptionPasses) {
  ScratchPool<double> pool;
  EXPECT_THROW(
      {
        const auto lease = pool.Acquire(16);
        throw std::runtime_error("in the middle of a convolution");
      },
      std::runtime_error);
  EXPECT_EQ(pool.idle(), 1U);
}

TEST(ScratchPool, TakesAMovedLeaseBackOnce) {
  ScratchPool<double> pool;
  {
    auto lease = pool.Acquire(16);
    const auto moved = std::move(lease);
    EXPECT_EQ(pool.idle(), 0U);
  }
  EXPECT_EQ(pool.idle(), 1U);
}

TEST(ScratchPool, KeepsItsBuffersWhenItCannotGrow) {
  ScratchPool<double> pool;
  const double* kept = pool.Acquire(16).data();
  {
    AllocationWatch watch;
    watch.FailAfter(0);
    EXPECT_THROW(pool.Acquire(32), std::bad_alloc);
  }
  EXPECT_EQ(pool.Acquire(16).data(), kept);
}

TEST(ScratchPool, ReturnsWithoutAllocating) {
  ScratchPool<float> pool;
  std::vector<ScratchPool<float>::Lease> leases;
  for (std::size_t i = 1; i <= 33; ++i) leases.push_back(pool.Acquire(i));
  AllocationWatch watch;
  watch.FailAfter(0);
  leases.clear();
  EXPECT_EQ(watch.count(), 0U);
  EXPECT_EQ(pool.idle(), 33U);
}

TEST(ScratchPool, LendsEightThreadsDisjointBuffers) {
  constexpr int kThreads = 8;
  ScratchPool<int> pool;
  std::atomic<int> clashes = 0;
  const auto work = [&](int id) {
    for (std::size_t round = 0; round < 300; ++round) {
      const std::size_t size = 16 + round % 7 * 40;
      const auto lease = pool.Acquire(size);
      std::fill_n(lease.data(), size, id);
      std::this_thread::yield();
      clashes += std::count(lease.data(), lease.data() + size, id) !=
                 static_cast<std::ptrdiff_t>(size);
    }
  };
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int id = 0; id < kThreads; ++id) threads.emplace_back(work, id);
  for (std::thread& t : threads) t.join();
  EXPECT_EQ(clashes, 0);
  EXPECT_LE(pool.idle(), static_cast<std::size_t>(kThreads));
}

}  // namespace
}  // namespace opstat::engine
