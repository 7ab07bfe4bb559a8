#pragma once

#include <cstdint>
#include <optional>

namespace opstat::harness {

/// How much heap is live at most during a timed loop, above what was live when
/// it started: blocks as large as the allocator holds them
/// (malloc_usable_size), of all threads. What a pause allocates and keeps is
/// part of the ground that the rest of the loop stands on. With several
/// benchmark threads a pause of the first one counts as such.
///
/// Found in a pass of its own, by observing every allocation: a process with
/// OPSTAT_PASS=peak in its environment. Elsewhere all of this does nothing.
void TrackLiveBytesIfAsked() noexcept;

/// To be called by the thread that owns the loop: outside of its timed regions,
/// and where one begins and ends.
void StartLiveBytes() noexcept;
void EnterLiveBytes() noexcept;
void LeaveLiveBytes() noexcept;

/// Of the last loop; nothing in a process that does not track.
std::optional<std::uint64_t> PeakLiveBytes() noexcept;

}  // namespace opstat::harness
