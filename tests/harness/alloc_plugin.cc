// What LoadedCode in alloc_cases.cc loads: 100 bytes by malloc, 28 by new.
#include <array>
#include <cstdlib>

extern "C" void AllocateTwice() {
  void* memory = std::malloc(100);
  asm volatile("" : "+r"(memory) : : "memory");
  std::free(memory);
  auto* object = new std::array<char, 28>;
  asm volatile("" : "+r"(object) : : "memory");
  delete object;
}
