/* The header and the library as a C program uses them. */
#include "engine/conv2d_c.h"

int opstat_test_correlate_in_c(double y[4]);

int opstat_test_correlate_in_c(double y[4]) {
  const double x[9] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  const double w[4] = {1, 2, 3, 4};
  const opstat_conv2d_params params = {.n = 1,
                                       .c_in = 1,
                                       .h = 3,
                                       .w = 3,
                                       .c_out = 1,
                                       .kh = 2,
                                       .kw = 2,
                                       .stride_h = 1,
                                       .stride_w = 1,
                                       .dil_h = 1,
                                       .dil_w = 1,
                                       .groups = 1};
  return opstat_conv2d_f64(&params, 0, 0, x, w, 0, y);
}
