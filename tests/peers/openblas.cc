// What one writes by hand: our im2col, with its buffer kept between calls,
// and OpenBLAS for the product. The weights are passed as they are; OpenBLAS
// packs them in every call. A 1x1 kernel needs no im2col.
#include <cblas.h>

#include <cstddef>

#include "engine/aligned_buffer.h"
#include "engine/im2col.h"
#include "tests/peers/candidate.h"

namespace opstat::peers {
namespace {

using engine::Conv2dShape;
using engine::LoweredShape;

void Gemm(int m, int n, int k, const float* a, const float* b, float* c) {
  cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, a, k, b, n,
              0, c, n);
}

void Gemm(int m, int n, int k, const double* a, const double* b, double* c) {
  cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, a, k, b, n,
              0, c, n);
}

// The batch goes image by image: the product is then NCHW where it stands.
Conv2dShape OneImage(Conv2dShape shape) {
  shape.n = 1;
  return shape;
}

bool IsProductOnInput(const Conv2dShape& s) {
  return s.kh == 1 && s.kw == 1 && s.stride_h == 1 && s.stride_w == 1 &&
         s.pad_top == 0 && s.pad_left == 0 && s.pad_bottom == 0 &&
         s.pad_right == 0;
}

template <class T>
class OpenBlas : public Candidate {
 public:
  explicit OpenBlas(const Request& request)
      : images_(static_cast<std::size_t>(request.shape.n)),
        image_(OneImage(request.shape)),
        lowered_(engine::Lower(image_)),
        input_elements_(
            static_cast<std::size_t>(image_.c_in * image_.h * image_.w)),
        in_place_(IsProductOnInput(image_)),
        columns_(in_place_ ? 0 : lowered_.ColumnElements()),
        x_(static_cast<const T*>(request.x)),
        weights_(static_cast<const T*>(request.weights)),
        y_(static_cast<T*>(request.y)) {
    openblas_set_num_threads(1);
  }

  void Run() override {
    for (std::size_t image = 0; image < images_; ++image) {
      const T* x = x_ + image * input_elements_;
      if (!in_place_) engine::Im2Col(image_, lowered_, x, columns_.data());
      Multiply(in_place_ ? x : columns_.data(),
               y_ + image * lowered_.OutputElements());
    }
  }

  std::string Implementation() const override {
    return std::string("gemm ") + openblas_get_corename() +
           (in_place_ ? ", no im2col" : ", im2col");
  }

 private:
  void Multiply(const T* columns, T* y) const {
    const auto [m, k, n, plane, groups, images, out_h, out_w] = lowered_;
    for (std::size_t group = 0; group < groups; ++group) {
      Gemm(static_cast<int>(m), static_cast<int>(n), static_cast<int>(k),
           weights_ + group * m * k, columns + group * k * n,
           y + group * m * n);
    }
  }

  std::size_t images_;
  Conv2dShape image_;
  LoweredShape lowered_;
  std::size_t input_elements_;
  bool in_place_;
  engine::AlignedBuffer<T> columns_;
  const T* x_;
  const T* weights_;
  T* y_;
};

}  // namespace

std::unique_ptr<Candidate> Open(const Request& request) {
  if (request.is_f64) return std::make_unique<OpenBlas<double>>(request);
  return std::make_unique<OpenBlas<float>>(request);
}

// The first two words of "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH ...".
std::string Version() {
  const std::string config = openblas_get_config();
  return config.substr(0, config.find(' ', config.find(' ') + 1));
}

}  // namespace opstat::peers
