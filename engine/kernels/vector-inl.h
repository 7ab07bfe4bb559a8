// Names for what Highway gives each instruction set.
// Included once for each instruction set, by simd.cc.
#if defined(OPSTAT_ENGINE_KERNELS_VECTOR_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OPSTAT_ENGINE_KERNELS_VECTOR_INL_H_
#undef OPSTAT_ENGINE_KERNELS_VECTOR_INL_H_
#else
#define OPSTAT_ENGINE_KERNELS_VECTOR_INL_H_
#endif

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace opstat::engine::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <class T>
using Tag = hn::ScalableTag<T>;

template <class T>
constexpr size_t kLanes = HWY_LANES(T);

template <class T>
constexpr size_t kPanelColumns = 2 * kLanes<T>;

template <class T>
using Vector = hn::Vec<Tag<T>>;

// A masked access may not touch what it masks out; SSE and NEON have none.
constexpr bool kMaskedAccess = HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX2;

}  // namespace opstat::engine::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // target toggle
