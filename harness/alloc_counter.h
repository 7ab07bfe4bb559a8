#pragma once

#include <cstdint>
#include <optional>

namespace opstat::harness {

/// What went through the allocation functions. Bytes are those asked for, not
/// those of a size class; a realloc is an allocation of the new size and a free
/// of the old one.
struct AllocTotals {
  std::uint64_t allocs = 0;
  std::uint64_t bytes = 0;
  std::uint64_t frees = 0;

  AllocTotals& operator+=(const AllocTotals& other) {
    allocs += other.allocs;
    bytes += other.bytes;
    frees += other.frees;
    return *this;
  }
  AllocTotals& operator-=(const AllocTotals& other) {
    allocs -= other.allocs;
    bytes -= other.bytes;
    frees -= other.frees;
    return *this;
  }
  friend bool operator==(const AllocTotals&, const AllocTotals&) = default;
};

/// Totals that only ever grow and start anywhere: subtract two of them. None
/// of these functions allocates.
///
/// Of the calling thread. Nothing if the thread has no slot of its own, which
/// happens when more than kThreadSlots threads live at once.
std::optional<AllocTotals> OwnThreadTotals() noexcept;

/// Of all threads, dead ones included, that are not marked as benchmark
/// threads. Exact for threads that were joined before the call; a thread that
/// is running may be a few allocations ahead.
AllocTotals OtherThreadsTotals() noexcept;

/// Marks the calling thread, or takes the mark off. Marks must not change on
/// any thread between two calls of OtherThreadsTotals() that are subtracted.
void MarkBenchmarkThread(bool benchmark) noexcept;

/// Makes sure that this program's allocations are counted. Called before
/// main(), once.
void InstallAllocHook() noexcept;

}  // namespace opstat::harness
