// Benchmarks whose allocations are known exactly, in plain Google Benchmark:
// nothing here names opstat. loop_test.cc says what each must report.
#include <benchmark/benchmark.h>
#include <dlfcn.h>
#include <malloc.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <thread>
#include <vector>

namespace {

// Keeps the compiler from dropping an allocation that nothing reads. The
// library's DoNotOptimize of 1.7 can give a pointer another value under GCC.
template <class T>
T* Use(T* memory) {
  asm volatile("" : "+r"(memory) : : "memory");
  return memory;
}

void NewDelete(std::size_t bytes) {
  ::operator delete(Use(::operator new(bytes)));
}

// A benchmark whose timed loop has this body.
#define LOOP_BENCHMARK(name, ...)      \
  void name(benchmark::State& state) { \
    for (auto _ : state) __VA_ARGS__;  \
  }                                    \
  BENCHMARK(name)

LOOP_BENCHMARK(Empty, {});
LOOP_BENCHMARK(Vector1000Floats, {
  std::vector<float> v(1000);
  Use(v.data());
});
LOOP_BENCHMARK(PushBack100, {
  std::vector<int> v;
  for (int i = 0; i < 100; ++i) v.push_back(i);
  Use(v.data());
});
LOOP_BENCHMARK(FourReallocs, {
  void* p = nullptr;
  for (std::size_t n = 1000; n <= 4000; n += 1000) p = Use(std::realloc(p, n));
  std::free(p);
});
LOOP_BENCHMARK(ReallocGrows, {
  void* p = Use(std::malloc(100));
  std::free(Use(std::realloc(p, 300)));
});
LOOP_BENCHMARK(ReallocShrinks, {
  void* p = Use(std::malloc(300));
  std::free(Use(std::realloc(p, 100)));
});
LOOP_BENCHMARK(Reallocarray,
               { std::free(Use(reallocarray(nullptr, 10, 10))); });
LOOP_BENCHMARK(Malloc, { std::free(Use(std::malloc(100))); });
LOOP_BENCHMARK(Calloc, { std::free(Use(std::calloc(10, 10))); });
LOOP_BENCHMARK(PosixMemalign, {
  void* p = nullptr;
  if (posix_memalign(&p, 256, 100) != 0) state.SkipWithError("no memory");
  std::free(Use(p));
});
LOOP_BENCHMARK(AlignedAlloc, { std::free(Use(std::aligned_alloc(64, 128))); });
LOOP_BENCHMARK(Memalign, { std::free(Use(memalign(64, 100))); });
LOOP_BENCHMARK(Valloc, { std::free(Use(valloc(4096))); });
LOOP_BENCHMARK(Strdup, { std::free(Use(strdup("nine char"))); });
LOOP_BENCHMARK(FreeNull, { std::free(Use(static_cast<void*>(nullptr))); });
LOOP_BENCHMARK(AlignedNew, {
  constexpr std::align_val_t kAlignment{64};
  ::operator delete(Use(::operator new(64, kAlignment)), kAlignment);
});
LOOP_BENCHMARK(NothrowNew, {
  ::operator delete(Use(::operator new(100, std::nothrow)), std::nothrow);
});
LOOP_BENCHMARK(ArrayNew, { delete[] Use(new int[25]); });
LOOP_BENCHMARK(AlignedNothrowArrayNew, {
  constexpr std::align_val_t kAlignment{64};
  ::operator delete[](Use(::operator new[](100, kAlignment, std::nothrow)),
                      kAlignment, std::nothrow);
});
// g++ frees an object of known size by the sized operator delete.
LOOP_BENCHMARK(SizedDelete, { delete Use(new std::array<char, 100>); });
// Objects with a destructor are preceded by their number, so that g++ knows the
// size of an array of them, too.
template <std::size_t kAlignment, std::size_t kBytes>
struct alignas(kAlignment) Destroyed {
  ~Destroyed() { Use(bytes); }
  char bytes[kBytes];
};
LOOP_BENCHMARK(SizedArrayDelete, { delete[] Use(new Destroyed<1, 23>[4]); });
LOOP_BENCHMARK(SizedAlignedDelete, { delete Use(new Destroyed<64, 64>); });
LOOP_BENCHMARK(SizedAlignedArrayDelete,
               { delete[] Use(new Destroyed<64, 64>[1]); });
LOOP_BENCHMARK(OnThreads, { NewDelete(100); })->Threads(4);
LOOP_BENCHMARK(RepeatsItself, { NewDelete(100); })->Repetitions(3);
LOOP_BENCHMARK(FixedIterations, { NewDelete(100); })->Iterations(1000);

LOOP_BENCHMARK(SpawnsIdleThread, { std::thread([] {}).join(); });
LOOP_BENCHMARK(SpawnsThread, { std::thread([] { NewDelete(1000); }).join(); });
// Allocated here, freed by another thread: 16 more bytes and one more
// allocation and free belong to std::thread.
LOOP_BENCHMARK(FreedByAnotherThread, {
  void* p = Use(std::malloc(100));
  std::thread([p] { std::free(p); }).join();
});

// Threads that allocate a hundred times each, one after the other or all alive
// together. Bare ones: std::thread allocates itself. Their stacks are small
// enough for glibc to keep, and made before the loop: a new one is allocated.
class Threads {
 public:
  explicit Threads(int alive) : threads_(static_cast<std::size_t>(alive)) {
    pthread_attr_init(&attributes_);
    pthread_attr_setstacksize(&attributes_, 64 << 10);
    pthread_barrier_init(&all_alive_, nullptr, static_cast<unsigned>(alive));
    Run();
  }
  void Run() {
    for (pthread_t& thread : threads_) {
      pthread_create(&thread, &attributes_, Allocate, &all_alive_);
    }
    for (pthread_t thread : threads_) pthread_join(thread, nullptr);
  }

 private:
  static void* Allocate(void* all_alive) {
    auto* barrier = static_cast<pthread_barrier_t*>(all_alive);
    pthread_barrier_wait(barrier);
    for (int i = 0; i < 100; ++i) NewDelete(10);
    pthread_barrier_wait(barrier);
    return nullptr;
  }

  std::vector<pthread_t> threads_;
  pthread_attr_t attributes_;
  pthread_barrier_t all_alive_;
};

void ShortThreads(benchmark::State& state) {
  Threads one_at_a_time(1);
  for (auto _ : state) {
    for (int i = 0; i < 500; ++i) one_at_a_time.Run();
  }
}
BENCHMARK(ShortThreads)->Iterations(10);

void LiveThreads(benchmark::State& state) {
  Threads together(400);
  for (auto _ : state) together.Run();
}
BENCHMARK(LiveThreads)->Iterations(2);

void Forks(benchmark::State& state) {
  for (auto _ : state) {
    const pid_t child = fork();
    if (child == 0) {
      NewDelete(1000);
      _exit(0);
    }
    waitpid(child, nullptr, 0);
    NewDelete(100);
  }
}
BENCHMARK(Forks)->Iterations(20);

// Loaded while the program runs, and first called in the loop.
void LoadedCode(benchmark::State& state) {
  void* plugin = dlopen(OPSTAT_ALLOC_PLUGIN, RTLD_NOW | RTLD_LOCAL);
  if (plugin == nullptr) return state.SkipWithError(dlerror());
  auto* run = reinterpret_cast<void (*)()>(dlsym(plugin, "AllocateTwice"));
  for (auto _ : state) run();
  dlclose(plugin);
}
BENCHMARK(LoadedCode);

void PauseAroundMegabyte(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    std::free(Use(std::malloc(1 << 20)));
    state.ResumeTiming();
    NewDelete(100);
  }
}
BENCHMARK(PauseAroundMegabyte);

void PauseAroundThread(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    std::thread([] { NewDelete(1000); }).join();
    state.ResumeTiming();
    NewDelete(100);
  }
}
BENCHMARK(PauseAroundThread);

void ScratchBeforeLoop(benchmark::State& state) {
  std::vector<char> scratch(64 << 10);
  for (auto _ : state) {
    Use(scratch.data());
    NewDelete(100);
  }
}
BENCHMARK(ScratchBeforeLoop);

void NamedCounters(benchmark::State& state) {
  for (auto _ : state) benchmark::ClobberMemory();
  state.counters["a counter with a long name"] = 1;
  state.SetLabel("and a label that does not fit a small string");
}
BENCHMARK(NamedCounters);

// What the code after the loop does to the counters that the loop got.
void SetsBytesOfItsOwn(benchmark::State& state) {
  for (auto _ : state) NewDelete(100);
  state.counters["B/op"] = 7;
}
BENCHMARK(SetsBytesOfItsOwn);

void SetsBytesBeforehand(benchmark::State& state) {
  state.counters["B/op"] = 7;
  for (auto _ : state) NewDelete(100);
}
BENCHMARK(SetsBytesBeforehand);

void ErasesCounters(benchmark::State& state) {
  for (auto _ : state) NewDelete(100);
  state.counters = {{"mine", 1}};
}
BENCHMARK(ErasesCounters);

// A fresh page every iteration, and its first write is a fault.
void TouchesFreshPage(benchmark::State& state) {
  for (auto _ : state) {
    void* page = mmap(nullptr, 4096, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    *static_cast<volatile char*>(page) = 1;
    munmap(page, 4096);
  }
}
BENCHMARK(TouchesFreshPage);

void KeepRunning(benchmark::State& state) {
  while (state.KeepRunning()) NewDelete(100);
}
BENCHMARK(KeepRunning);

void KeepRunningBatch(benchmark::State& state) {
  while (state.KeepRunningBatch(7)) {
    for (int i = 0; i < 7; ++i) NewDelete(100);
  }
}
BENCHMARK(KeepRunningBatch);

void SkipsInLoop(benchmark::State& state) {
  for (auto _ : state) {
    NewDelete(100);
    state.SkipWithError("refused in the loop");
    break;
  }
}
BENCHMARK(SkipsInLoop);

void SkipsBeforeLoop(benchmark::State& state) {
  state.SkipWithError("refused before the loop");
  while (state.KeepRunning()) NewDelete(100);
}
BENCHMARK(SkipsBeforeLoop);

void EveryTwoHundredth(benchmark::State& state) {
  int i = 0;
  for (auto _ : state) {
    if (++i % 200 == 0) NewDelete(100);
  }
}
BENCHMARK(EveryTwoHundredth)->Iterations(1000);

// The first iteration of every call warms up: three allocations, 300 bytes.
void WarmsUpInFirstIteration(benchmark::State& state) {
  std::vector<std::unique_ptr<char[]>> pool;
  for (auto _ : state) {
    while (pool.size() < 2) {
      pool.reserve(2);
      pool.push_back(std::make_unique<char[]>(142));
    }
    Use(pool.data());
  }
}
BENCHMARK(WarmsUpInFirstIteration);
BENCHMARK(WarmsUpInFirstIteration)->Threads(2);
BENCHMARK(WarmsUpInFirstIteration)->Repetitions(3);

// The first iteration of the process warms up, later calls find it warm.
void WarmsUpOncePerProcess(benchmark::State& state) {
  for (auto _ : state) {
    static const std::vector<char> pool(5000);
    benchmark::DoNotOptimize(pool.data());
    NewDelete(100);
  }
}
BENCHMARK(WarmsUpOncePerProcess);

class Pool : public benchmark::Fixture {
 public:
  void SetUp(const benchmark::State&) override { buffer_.resize(4096); }
  void TearDown(const benchmark::State&) override {
    std::vector<char>().swap(buffer_);
  }

 protected:
  std::vector<char> buffer_;
};
BENCHMARK_F(Pool, Fixture)(benchmark::State& state) {
  for (auto _ : state) Use(buffer_.data());
}

// Two benchmarks of one function: what one did must not count for the other.
void SharedFunction(benchmark::State& state) {
  for (auto _ : state) {
    for (int i = 0; i < state.range(0); ++i) NewDelete(100);
  }
}
BENCHMARK(SharedFunction)->Arg(3)->Iterations(1000);
BENCHMARK(SharedFunction)->Arg(2)->Iterations(2000);

}  // namespace

BENCHMARK_MAIN();
