#include "tests/cli/blame_library.h"

#include <cstdlib>

namespace cases {

void* LibraryAllocate(std::size_t bytes) {
  void* memory = std::malloc(bytes);  // site: library
  asm volatile("" : "+r"(memory) : : "memory");
  return memory;
}

void LibraryFree(void* memory) { std::free(memory); }

}  // namespace cases
