#include "engine/dispatch.h"

#include <cstdlib>
#include <span>
#include <string>
#include <type_traits>

#include "engine/kernels/scalar.h"
#include "engine/kernels/simd.h"

namespace opstat::engine {
namespace {

constexpr char kScalar[] = "scalar";

std::span<const SimdIsa> SimdIsas() { return {kSimdIsas, kSimdIsaCount}; }

bool IsUsable(const SimdIsa& isa) {
  return isa.InThisBuild() && isa.RunsOnThisCpu();
}

template <class T>
IsaPath<T> ScalarPath() {
  return {kScalar, &ScalarKernels<T>()};
}

template <class T>
IsaPath<T> PathOf(const SimdIsa& isa) {
  if constexpr (std::is_same_v<T, float>) {
    return {isa.name, isa.f32()};
  } else {
    return {isa.name, isa.f64()};
  }
}

[[noreturn]] void Refuse(std::string_view wanted, const char* reason) {
  std::string usable;
  for (const std::string_view name : UsableIsas()) {
    if (!usable.empty()) usable += ", ";
    usable += name;
  }
  throw IsaError("OPSTAT_ISA='" + std::string(wanted) + "' " + reason +
                 "; usable here: " + usable);
}

template <class T>
IsaPath<T> ForcedPath(std::string_view wanted) {
  if (wanted == kScalar) return ScalarPath<T>();
  for (const SimdIsa& isa : SimdIsas()) {
    if (wanted != isa.name) continue;
    if (!isa.InThisBuild()) Refuse(wanted, "is not in this build");
    if (!isa.RunsOnThisCpu()) Refuse(wanted, "is not supported by this CPU");
    return PathOf<T>(isa);
  }
  Refuse(wanted, "is unknown");
}

template <class T>
IsaPath<T> BestPath() {
  for (const SimdIsa& isa : SimdIsas()) {
    if (IsUsable(isa)) return PathOf<T>(isa);
  }
  return ScalarPath<T>();
}

}  // namespace

template <class T>
IsaPath<T> ChooseIsa(std::size_t columns) {
  const char* forced = std::getenv("OPSTAT_ISA");
  if (forced != nullptr && *forced != '\0') return ForcedPath<T>(forced);
  if (columns <= ScalarKernels<T>().panel_columns) return ScalarPath<T>();
  return BestPath<T>();
}

std::vector<std::string_view> UsableIsas() {
  std::vector<std::string_view> names;
  for (const SimdIsa& isa : SimdIsas()) {
    if (IsUsable(isa)) names.emplace_back(isa.name);
  }
  names.emplace_back(kScalar);
  return names;
}

template IsaPath<float> ChooseIsa(std::size_t);
template IsaPath<double> ChooseIsa(std::size_t);

}  // namespace opstat::engine
