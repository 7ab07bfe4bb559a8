#pragma once

#include <cstddef>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "engine/microkernel.h"

namespace opstat::engine {

/// OPSTAT_ISA names an instruction set that is unknown, that this CPU lacks,
/// or that this build left out; what() says which and lists the usable ones.
class IsaError : public std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// An instruction set and its microkernels.
template <class T>
struct IsaPath {
  const char* name;  ///< "avx512", "avx2", "sse4", "ssse3", "neon", "scalar"
  const KernelSet<T>* kernels;
};

/// The path for matrix products of `columns` columns. The environment variable
/// OPSTAT_ISA, read at each call, forces one for every size; it never falls
/// back, but throws IsaError. Without it (or when it is empty) the best set of
/// this CPU is taken; or "scalar" where all columns fit in one scalar panel:
/// there a vector panel is mostly filling. For f32, 1 to 64 rows and depths of
/// 1 to 576, AVX2 measured up to 3 times slower than scalar, AVX-512 about
/// equal.
template <class T>
IsaPath<T> ChooseIsa(std::size_t columns);

/// Every value of OPSTAT_ISA that works here, the best first, "scalar" last.
std::vector<std::string_view> UsableIsas();

extern template IsaPath<float> ChooseIsa(std::size_t);
extern template IsaPath<double> ChooseIsa(std::size_t);

}  // namespace opstat::engine
