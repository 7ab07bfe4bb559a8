#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "engine/shape.h"

namespace opstat::peers {

/// One convolution, as the measuring script asks a candidate library for it.
/// Tensors are dense NCHW, double if `is_f64` and float if not, without bias;
/// they outlive the candidate.
struct Request {
  std::string_view method;  ///< one of those the library offers
  engine::Conv2dShape shape;
  bool is_f64;
  const void* x;
  const void* weights;
  void* y;
};

/// What is being timed. Whatever a user would do once (plans, primitives,
/// buffers, weights that are packed once) is done by the constructor.
class Candidate {
 public:
  virtual ~Candidate() = default;
  /// From x to every element of y.
  virtual void Run() = 0;
  /// The kernel that runs, in the library's own words.
  virtual std::string Implementation() const = 0;
};

/// Each candidate library defines these two. Open() throws what the library
/// throws, and std::invalid_argument for what it does not offer.
std::unique_ptr<Candidate> Open(const Request& request);
std::string Version();

}  // namespace opstat::peers
