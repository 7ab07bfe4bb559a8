/* The convolution engine for C and for foreign-function interfaces:
   libopstat_conv.so. Tensors are NCHW, weights [c_out][c_in/groups][kh][kw],
   dense and aligned to their element; y overlaps no input. Every function may
   be called from any thread and none throws. Scratch is kept for later calls
   under "pooled" and never given back. */
#pragma once

#include <stdint.h>

#if defined(__GNUC__)
#define OPSTAT_CONV_EXPORT __attribute__((visibility("default")))
#else
#define OPSTAT_CONV_EXPORT
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* What a call returned. On anything but OPSTAT_CONV_OK nothing was written to
   y or out_nchw, and opstat_last_error() says why. */
/* NOLINTBEGIN(readability-identifier-naming): names as C has them. */
enum opstat_conv_status {
  OPSTAT_CONV_OK = 0,
  OPSTAT_CONV_NULL_POINTER = 1,  /* a pointer that may not be NULL is */
  OPSTAT_CONV_UNKNOWN_NAME = 2,  /* algo or scratch is no name built here */
  OPSTAT_CONV_BAD_SHAPE = 3,     /* no algorithm can do the shape */
  OPSTAT_CONV_BAD_ALGORITHM = 4, /* the algorithm asked for cannot do it */
  OPSTAT_CONV_BAD_ISA = 5,       /* OPSTAT_ISA: unknown or not usable here */
  OPSTAT_CONV_NO_MEMORY = 6,
  OPSTAT_CONV_INTERNAL = 7 /* a defect of the library */
};
/* NOLINTEND(readability-identifier-naming) */

typedef struct {
  int64_t n, c_in, h, w, c_out, kh, kw, pad_top, pad_left, pad_bottom,
      pad_right, stride_h, stride_w, dil_h, dil_w, groups;
} opstat_conv2d_params;

/* y = x * w + bias. `algo`: "auto", "reference", "im2col", "direct",
   "pointwise" or "depthwise", NULL for "auto"; "pointwise" only for 1x1 kernels
   with stride 1 and no pads, "depthwise" only for groups == c_in. `scratch`:
   "allocating", "pooled" or "mapped", NULL for "pooled". Each call plans and
   packs the weights anew. The environment variable OPSTAT_ISA (scalar, avx2,
   avx512, ...), read at each call, forces an instruction set. */
OPSTAT_CONV_EXPORT int opstat_conv2d_f32(const opstat_conv2d_params* params,
                                         const char* algo, const char* scratch,
                                         const float* x, const float* w,
                                         const float* bias_or_null, float* y);
OPSTAT_CONV_EXPORT int opstat_conv2d_f64(const opstat_conv2d_params* params,
                                         const char* algo, const char* scratch,
                                         const double* x, const double* w,
                                         const double* bias_or_null, double* y);

/* The extents of y. */
OPSTAT_CONV_EXPORT int opstat_conv2d_output_shape(
    const opstat_conv2d_params* params, int64_t out_nchw[4]);

/* Text for this thread's last call that returned non-zero; empty before there
   was one. Valid until the thread's next failing call. */
OPSTAT_CONV_EXPORT const char* opstat_last_error(void);

/* Raised when a function, the params or a status changes its meaning. */
OPSTAT_CONV_EXPORT int opstat_conv_abi_version(void);

#ifdef __cplusplus
}
#endif
