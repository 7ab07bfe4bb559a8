#include "opstat/measure/user_frames.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

namespace opstat::measure {
namespace {

using benchfmt::Frame;

enum class Owner { kUser, kBenchmark, kRuntime };

constexpr std::array<std::string_view, 9> kAllocationFunctions = {
    "malloc",        "calloc",   "realloc", "reallocarray", "posix_memalign",
    "aligned_alloc", "memalign", "valloc",  "pvalloc"};

// File names up to ".so". Allocators and sanitizers define malloc themselves.
constexpr std::array<std::string_view, 18> kRuntimeLibraries = {
    "libc",
    "libm",
    "libpthread",
    "libdl",
    "ld-linux-x86-64",
    "ld-linux-aarch64",
    "libgcc_s",
    "libstdc++",
    "libc++",
    "libc++abi",
    "libasan",
    "libtsan",
    "libubsan",
    "libjemalloc",
    "libtcmalloc",
    "libtcmalloc_minimal",
    "libmimalloc",
    "libopstat_preload"};

// How mangled names go on after what StripQualifiers takes off: those of std
// (with the ABI's short forms), of libstdc++'s own namespaces, and what a loop
// calls of the benchmark::State it is given.
constexpr std::array<std::string_view, 10> kRuntimeNames = {
    "St", "Sa", "Sb",         "Ss",           "Si",
    "So", "Sd", "9__gnu_cxx", "10__cxxabiv1", "9benchmark5State"};

template <class Names>
bool Contains(const Names& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

template <class Prefixes>
bool StartsWithAny(std::string_view text, const Prefixes& prefixes) {
  return std::ranges::any_of(
      prefixes, [&](std::string_view p) { return text.starts_with(p); });
}

std::string_view LibraryName(std::string_view path) {
  path.remove_prefix(path.find_last_of('/') + 1);
  return path.substr(0, path.find(".so"));
}

// "_ZNKSt6vector..." -> "St6vector...": what a mangled name begins with, inside
// functions (Z), nested names (N) and their const, volatile, & and &&.
std::string_view StripQualifiers(std::string_view name) {
  if (!name.starts_with("_Z")) return {};
  const std::size_t start = name.find_first_not_of("ZNKVRO", 1);
  return start == std::string_view::npos ? "" : name.substr(start);
}

bool IsAllocationFunction(const Symbol& symbol) {
  constexpr std::string_view kSanitizers = "__interceptor_";
  std::string_view name = symbol.linkage_name;
  if (name.starts_with(kSanitizers)) name.remove_prefix(kSanitizers.size());
  return name.starts_with("_Znw") || name.starts_with("_Zna") ||
         Contains(kAllocationFunctions, name);
}

Owner OwnerOf(const Symbol& symbol) {
  const std::string_view library = LibraryName(symbol.frame.module);
  const std::string_view name = StripQualifiers(symbol.linkage_name);
  // Without a mangled name, as in clang's line tables, the file tells.
  const bool in_header =
      name.empty() &&
      symbol.frame.file.find("/include/c++/") != std::string::npos;
  if (in_header || Contains(kRuntimeLibraries, library) ||
      StartsWithAny(name, kRuntimeNames) || IsAllocationFunction(symbol))
    return Owner::kRuntime;
  if (library == "libbenchmark" || name.starts_with("9benchmark"))
    return Owner::kBenchmark;
  return Owner::kUser;
}

// The library's frames lie between the benchmark function and main().
std::vector<Frame> UpToTheLibrary(std::span<const Symbol> stack) {
  std::vector<Frame> frames;
  for (const Symbol& symbol : stack) {
    const Owner owner = OwnerOf(symbol);
    if (owner == Owner::kBenchmark) break;
    if (owner == Owner::kUser) frames.push_back(symbol.frame);
  }
  return frames;
}

bool AreOneRecursion(const Frame& inner, const Frame& outer) {
  return !inner.function.empty() && inner.function == outer.function;
}

}  // namespace

std::vector<Frame> UserFrames(std::span<const Symbol> stack) {
  const auto door = std::ranges::find_if(stack, IsAllocationFunction);
  if (door != stack.end() && std::next(door) != stack.end())
    stack = stack.subspan(
        static_cast<std::size_t>(std::distance(stack.begin(), door)) + 1);
  std::vector<Frame> frames = UpToTheLibrary(stack);
  if (frames.empty()) {
    // A lambda without debug information is part of the library's template.
    const auto library = std::ranges::find(stack, Owner::kBenchmark, OwnerOf);
    frames = {(library == stack.end() ? stack.front() : *library).frame};
  }
  frames.erase(std::unique(frames.begin(), frames.end(), AreOneRecursion),
               frames.end());
  return frames;
}

}  // namespace opstat::measure
