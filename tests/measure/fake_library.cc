// A stand-in for a program with Google Benchmark linked into it: no function of
// the library can be replaced. Takes --benchmark_min_time=Nx as 1.8 does, or
// refuses it as older ones do when its first argument is "old". An iteration
// allocates three times, 100 bytes together; a run warms up with five more.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

void Allocate(std::size_t bytes) {
  void* memory = std::malloc(bytes);
  asm volatile("" : "+r"(memory) : : "memory");
  std::free(memory);
}

const char* ValueOf(const char* argument, const char* flag) {
  const std::size_t length = std::strlen(flag);
  return std::strncmp(argument, flag, length) == 0 ? argument + length
                                                   : nullptr;
}

}  // namespace

int main(int argc, char** argv) {
  const bool old = argc > 1 && std::strcmp(argv[1], "old") == 0;
  long iterations = 5000;
  const char* out = nullptr;
  bool list = false;
  for (int i = 1; i < argc; ++i) {
    if (const char* file = ValueOf(argv[i], "--benchmark_out=")) out = file;
    if (ValueOf(argv[i], "--benchmark_list_tests")) list = true;
    const char* min_time = ValueOf(argv[i], "--benchmark_min_time=");
    if (min_time == nullptr || std::strchr(min_time, 'x') == nullptr) continue;
    if (old) return 1;
    iterations = std::atol(min_time);
  }
  if (list) return std::puts("Fake") < 0;
  for (int i = 0; i < 5; ++i) Allocate(1000);
  for (long i = 0; i < iterations; ++i) {
    Allocate(10);
    Allocate(20);
    Allocate(70);
  }
  FILE* file = std::fopen(out, "w");
  if (file == nullptr) return 1;
  std::fprintf(
      file,
      R"({"context":{},"benchmarks":[{"name":"Fake","run_name":"Fake",)"
      R"("run_type":"iteration","iterations":%ld,"real_time":5.0,)"
      R"("cpu_time":4.0,"time_unit":"ns"}]})",
      iterations);
  return std::fclose(file);
}
