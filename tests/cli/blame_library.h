#pragma once

#include <cstddef>

namespace cases {

// In a shared library of its own.
void* LibraryAllocate(std::size_t bytes);
void LibraryFree(void* memory);

}  // namespace cases
