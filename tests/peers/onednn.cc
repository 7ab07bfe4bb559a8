// oneDNN's direct convolution, NCHW in and NCHW out, with the reorders that
// this takes. The method is the layout of the activations inside, "any" being
// oneDNN's own choice, and whether Run() reorders the weights: "any, weights",
// "any", "nchw", "blocked" (channels in blocks of a vector).
#include <dnnl.hpp>

#include <unordered_map>
#include <utility>
#include <vector>

#include "tests/peers/candidate.h"

namespace opstat::peers {
namespace {

using dnnl::memory;
using Tag = memory::format_tag;
using Type = memory::data_type;
using Arguments = std::unordered_map<int, memory>;

Tag LayoutOf(std::string_view method) {
  if (method.starts_with("any")) return Tag::any;
  if (method == "nchw") return Tag::nchw;
  if (method != "blocked") throw std::invalid_argument("no such method");
  const bool has_avx512 =
      dnnl::get_effective_cpu_isa() >= dnnl::cpu_isa::avx512_core;
  return has_avx512 ? Tag::nChw16c : Tag::nChw8c;
}

struct Descriptors {
  memory::desc x, weights, y;
};

Descriptors Describe(const engine::Conv2dShape& s, Tag activations,
                     Tag weights) {
  const auto [n, c_out, oh, ow] = engine::OutputShape(s);
  const memory::dims weight_dims =
      s.groups == 1 ? memory::dims{c_out, s.c_in, s.kh, s.kw}
                    : memory::dims{s.groups, c_out / s.groups,
                                   s.c_in / s.groups, s.kh, s.kw};
  return {{{s.n, s.c_in, s.h, s.w}, Type::f32, activations},
          {weight_dims, Type::f32, weights},
          {{n, c_out, oh, ow}, Type::f32, activations}};
}

dnnl::convolution_forward::primitive_desc Plan(const engine::Conv2dShape& s,
                                               Tag activations,
                                               const dnnl::engine& cpu) {
  const Descriptors wanted = Describe(s, activations, Tag::any);
  dnnl::convolution_forward::primitive_desc plan(
      {dnnl::prop_kind::forward_inference,
       dnnl::algorithm::convolution_direct,
       wanted.x,
       wanted.weights,
       wanted.y,
       {s.stride_h, s.stride_w},
       {s.dil_h - 1, s.dil_w - 1},
       {s.pad_top, s.pad_left},
       {s.pad_bottom, s.pad_right}},
      cpu);
  if (std::string_view(plan.impl_info_str()).starts_with("ref")) {
    throw std::invalid_argument("oneDNN has a reference kernel only");
  }
  return plan;
}

class OneDnn : public Candidate {
 public:
  OneDnn(const Request& request, Tag activations, bool weights_each_call)
      : plan_(Plan(request.shape, activations, cpu_)) {
    const engine::Conv2dShape& shape = request.shape;
    const Descriptors ours =
        Describe(shape, Tag::nchw, shape.groups == 1 ? Tag::oihw : Tag::goihw);
    memory x(ours.x, cpu_, const_cast<void*>(request.x));
    memory weights(ours.weights, cpu_, const_cast<void*>(request.weights));
    memory y(ours.y, cpu_, request.y);

    memory inner_weights = Like(weights, plan_.weights_desc());
    AddReorder(weights, inner_weights);
    if (!weights_each_call) {
      Run();
      steps_.clear();
    }
    memory inner_x = Like(x, plan_.src_desc());
    memory inner_y = Like(y, plan_.dst_desc());
    AddReorder(x, inner_x);
    steps_.emplace_back(dnnl::convolution_forward(plan_),
                        Arguments{{DNNL_ARG_SRC, inner_x},
                                  {DNNL_ARG_WEIGHTS, inner_weights},
                                  {DNNL_ARG_DST, inner_y}});
    AddReorder(inner_y, y);
  }

  void Run() override {
    for (const auto& [primitive, arguments] : steps_) {
      primitive.execute(stream_, arguments);
    }
    stream_.wait();
  }

  std::string Implementation() const override {
    return std::string(plan_.impl_info_str()) + ", " +
           std::to_string(steps_.size() - 1) + " reorders";
  }

 private:
  memory Like(const memory& user, const memory::desc& wanted) const {
    return user.get_desc() == wanted ? user : memory(wanted, cpu_);
  }
  void AddReorder(memory& from, memory& to) {
    if (from.get_desc() == to.get_desc()) return;
    steps_.emplace_back(dnnl::reorder(from, to),
                        Arguments{{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, to}});
  }

  dnnl::engine cpu_{dnnl::engine::kind::cpu, 0};
  dnnl::stream stream_{cpu_};
  dnnl::convolution_forward::primitive_desc plan_;
  std::vector<std::pair<dnnl::primitive, Arguments>> steps_;
};

}  // namespace

std::unique_ptr<Candidate> Open(const Request& request) {
  if (request.is_f64) throw std::invalid_argument("oneDNN has no f64 conv");
  return std::make_unique<OneDnn>(request, LayoutOf(request.method),
                                  request.method.ends_with(", weights"));
}

std::string Version() {
  const dnnl::version_t* v = dnnl::version();
  return "oneDNN " + std::to_string(v->major) + "." + std::to_string(v->minor) +
         "." + std::to_string(v->patch);
}

}  // namespace opstat::peers
