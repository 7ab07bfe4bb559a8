#pragma once

#include <cstddef>

namespace opstat::engine {

/// The lowest number that no other living thread holds; the caller keeps it
/// until it ends, and a later thread takes it over with all that was kept
/// under it. Throws std::bad_alloc at a thread's first call.
std::size_t ThreadSeat();

}  // namespace opstat::engine
