#include "engine/conv2d_c.h"

#include <algorithm>
#include <cstring>
#include <exception>
#include <initializer_list>
#include <new>

#include "engine/conv2d.h"
#include "engine/named_values.h"

namespace opstat::engine {
namespace {

// A plain array: keeping the text of a failed allocation must not allocate.
thread_local char last_error[512];

int Fail(opstat_conv_status status, const char* text) {
  std::strncpy(last_error, text, sizeof(last_error) - 1);
  return status;
}

/// Runs `body` and turns what it throws into a status.
template <class Body>
int Guarded(const Body& body) noexcept {
  try {
    body();
    return OPSTAT_CONV_OK;
  } catch (const UnknownName& e) {
    return Fail(OPSTAT_CONV_UNKNOWN_NAME, e.what());
  } catch (const ShapeError& e) {
    return Fail(OPSTAT_CONV_BAD_SHAPE, e.what());
  } catch (const AlgorithmError& e) {
    return Fail(OPSTAT_CONV_BAD_ALGORITHM, e.what());
  } catch (const IsaError& e) {
    return Fail(OPSTAT_CONV_BAD_ISA, e.what());
  } catch (const std::bad_alloc&) {
    return Fail(OPSTAT_CONV_NO_MEMORY, "out of memory");
  } catch (const std::exception& e) {
    return Fail(OPSTAT_CONV_INTERNAL, e.what());
  }
}

bool AnyNull(std::initializer_list<const void*> pointers) {
  return std::ranges::find(pointers, nullptr) != pointers.end();
}

Conv2dShape ShapeOf(const opstat_conv2d_params& p) {
  return {.n = p.n,
          .c_in = p.c_in,
          .h = p.h,
          .w = p.w,
          .c_out = p.c_out,
          .kh = p.kh,
          .kw = p.kw,
          .pad_top = p.pad_top,
          .pad_left = p.pad_left,
          .pad_bottom = p.pad_bottom,
          .pad_right = p.pad_right,
          .stride_h = p.stride_h,
          .stride_w = p.stride_w,
          .dil_h = p.dil_h,
          .dil_w = p.dil_w,
          .groups = p.groups};
}

template <class T>
int Conv2d(const opstat_conv2d_params* params, const char* algo,
           const char* scratch, const T* x, const T* w, const T* bias, T* y) {
  if (AnyNull({params, x, w, y})) {
    return Fail(OPSTAT_CONV_NULL_POINTER, "params, x, w or y is NULL");
  }
  return Guarded([&] {
    const Conv2dPlan<T> plan(
        ShapeOf(*params), ParseAlgorithm(algo != nullptr ? algo : "auto"),
        ParseScratch(scratch != nullptr ? scratch : "pooled"));
    plan.Run(x, w, bias, y);
  });
}

}  // namespace
}  // namespace opstat::engine

extern "C" {

int opstat_conv2d_f32(const opstat_conv2d_params* params, const char* algo,
                      const char* scratch, const float* x, const float* w,
                      const float* bias_or_null, float* y) {
  return opstat::engine::Conv2d(params, algo, scratch, x, w, bias_or_null, y);
}

int opstat_conv2d_f64(const opstat_conv2d_params* params, const char* algo,
                      const char* scratch, const double* x, const double* w,
                      const double* bias_or_null, double* y) {
  return opstat::engine::Conv2d(params, algo, scratch, x, w, bias_or_null, y);
}

int opstat_conv2d_output_shape(const opstat_conv2d_params* params,
                               int64_t out_nchw[4]) {
  namespace engine = opstat::engine;
  if (engine::AnyNull({params, out_nchw})) {
    return engine::Fail(OPSTAT_CONV_NULL_POINTER, "params or out_nchw is NULL");
  }
  return engine::Guarded([&] {
    std::ranges::copy(engine::OutputShape(engine::ShapeOf(*params)), out_nchw);
  });
}

const char* opstat_last_error(void) { return opstat::engine::last_error; }

int opstat_conv_abi_version(void) { return 1; }

}  // extern "C"
