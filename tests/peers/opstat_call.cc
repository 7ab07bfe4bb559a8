// The engine as other languages call it: everything, packing the weights
// included, happens in the call. The method is the algorithm's name.
#include <string>

#include "engine/conv2d.h"
#include "engine/conv2d_c.h"
#include "tests/peers/candidate.h"

namespace opstat::peers {
namespace {

opstat_conv2d_params ParamsOf(const engine::Conv2dShape& s) {
  return {s.n,        s.c_in,       s.h,         s.w,
          s.c_out,    s.kh,         s.kw,        s.pad_top,
          s.pad_left, s.pad_bottom, s.pad_right, s.stride_h,
          s.stride_w, s.dil_h,      s.dil_w,     s.groups};
}

class EngineCall : public Candidate {
 public:
  explicit EngineCall(const Request& request)
      : request_(request),
        algorithm_(request.method),
        params_(ParamsOf(request.shape)) {}

  void Run() override {
    if (Call() != OPSTAT_CONV_OK) throw std::runtime_error(opstat_last_error());
  }
  std::string Implementation() const override {
    return request_.is_f64 ? PlanOfACall<double>() : PlanOfACall<float>();
  }

 private:
  template <class T>
  std::string PlanOfACall() const {
    const engine::Conv2dPlan<T> plan(request_.shape,
                                     engine::ParseAlgorithm(algorithm_));
    return std::string(Name(plan.algorithm())) + ", " + plan.isa();
  }

  int Call() const {
    const char* algorithm = algorithm_.c_str();
    const auto& [method, shape, is_f64, x, weights, y] = request_;
    if (is_f64) {
      return opstat_conv2d_f64(&params_, algorithm, "pooled",
                               static_cast<const double*>(x),
                               static_cast<const double*>(weights), nullptr,
                               static_cast<double*>(y));
    }
    return opstat_conv2d_f32(
        &params_, algorithm, "pooled", static_cast<const float*>(x),
        static_cast<const float*>(weights), nullptr, static_cast<float*>(y));
  }

  Request request_;
  std::string algorithm_;
  opstat_conv2d_params params_;
};

}  // namespace

std::unique_ptr<Candidate> Open(const Request& request) {
  return std::make_unique<EngineCall>(request);
}

std::string Version() { return "compiler " __VERSION__; }

}  // namespace opstat::peers
