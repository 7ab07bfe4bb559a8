#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/microkernel.h"

namespace opstat::engine {

/// The microkernels of one vector instruction set.
struct SimdIsa {
  const char* name;  ///< as OPSTAT_ISA spells it
  std::int64_t highway_target;
  const KernelSet<float>* (*f32)();  ///< nullptr: not in this build
  const KernelSet<double>* (*f64)();

  bool InThisBuild() const { return f32 != nullptr; }
  bool RunsOnThisCpu() const;
};

/// Every instruction set there could be, the best first.
extern const SimdIsa kSimdIsas[];
extern const std::size_t kSimdIsaCount;

}  // namespace opstat::engine
