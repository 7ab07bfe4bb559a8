#pragma once

#include "engine/microkernel.h"

namespace opstat::engine {

/// The microkernels in plain C++: they run on any CPU, and they are what
/// OPSTAT_ISA=scalar means.
template <class T>
const KernelSet<T>& ScalarKernels();

template <>
const KernelSet<float>& ScalarKernels<float>();
template <>
const KernelSet<double>& ScalarKernels<double>();

}  // namespace opstat::engine
