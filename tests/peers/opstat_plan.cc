// The engine through its plan, with weights that were packed once. The method
// is the algorithm's name.
#include "engine/conv2d.h"
#include "tests/peers/candidate.h"

namespace opstat::peers {
namespace {

template <class T>
class PackedOnce : public Candidate {
 public:
  explicit PackedOnce(const Request& request)
      : plan_(request.shape, engine::ParseAlgorithm(request.method)),
        weights_(plan_.Pack(static_cast<const T*>(request.weights))),
        x_(static_cast<const T*>(request.x)),
        y_(static_cast<T*>(request.y)) {}

  void Run() override { plan_.Run(x_, weights_, nullptr, y_); }
  std::string Implementation() const override {
    return std::string(Name(plan_.algorithm())) + ", " + plan_.isa();
  }

 private:
  engine::Conv2dPlan<T> plan_;
  engine::PackedWeights<T> weights_;
  const T* x_;
  T* y_;
};

}  // namespace

std::unique_ptr<Candidate> Open(const Request& request) {
  if (request.is_f64) return std::make_unique<PackedOnce<double>>(request);
  return std::make_unique<PackedOnce<float>>(request);
}

std::string Version() { return "compiler " __VERSION__; }

}  // namespace opstat::peers
