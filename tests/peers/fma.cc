// The speed limit: as many multiplications and additions as the convolution
// has, in independent chains of fused multiply-adds that stay in registers.
// Its instruction set is the engine's, so OPSTAT_ISA limits both.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tests/peers/fma.cc"
#define HWY_DISABLED_TARGETS \
  (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV | HWY_AVX3_DL)
#include <hwy/foreach_target.h>
// Must come after foreach_target.h.
#include <hwy/highway.h>

#if HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_EMU128

HWY_BEFORE_NAMESPACE();
namespace opstat::peers::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Two units times a latency of at most 5 keeps 10 in flight; 12 and the two
// operands fit the 16 registers of AVX2.
constexpr size_t kChains = 12;

template <class T>
double Chains(size_t flop) {
  const hn::ScalableTag<T> d;
  const auto factor = hn::Set(d, static_cast<T>(0.999));
  const auto term = hn::Set(d, static_cast<T>(0.001));
  hn::Vec<decltype(d)> sum[kChains];
  HWY_UNROLL(12)
  for (size_t c = 0; c < kChains; ++c) sum[c] = hn::Set(d, static_cast<T>(c));
  const size_t steps = flop / (2 * kChains * hn::Lanes(d));
  for (size_t i = 0; i < steps; ++i) {
    HWY_UNROLL(12)
    for (size_t c = 0; c < kChains; ++c) {
      sum[c] = hn::MulAdd(sum[c], factor, term);
    }
  }
  double total = 0;
  HWY_UNROLL(12)
  for (size_t c = 0; c < kChains; ++c) {
    total += static_cast<double>(hn::GetLane(sum[c]));
  }
  return total;
}

double F32Chains(size_t flop) { return Chains<float>(flop); }
double F64Chains(size_t flop) { return Chains<double>(flop); }

}  // namespace opstat::peers::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // a vector target

#if HWY_ONCE

#include <cstdint>

#include "engine/dispatch.h"
#include "tests/peers/candidate.h"

namespace opstat::peers {
namespace {

struct Isa {
  std::string_view name;
  double (*f32)(size_t flop);
  double (*f64)(size_t flop);
};

#define PEERS_ISA_ROW(name, target) \
  { name, HWY_CHOOSE_##target(F32Chains), HWY_CHOOSE_##target(F64Chains) }

constexpr Isa kIsas[] = {PEERS_ISA_ROW("avx512", AVX3),
                         PEERS_ISA_ROW("avx2", AVX2),
                         PEERS_ISA_ROW("neon", NEON)};

const Isa& BestIsa() {
  const std::string_view name = engine::ChooseIsa<float>(SIZE_MAX).name;
  for (const Isa& isa : kIsas) {
    if (isa.name == name) return isa;
  }
  throw std::invalid_argument("no peak for " + std::string(name));
}

class Fma : public Candidate {
 public:
  Fma(const Isa& isa, const Request& request)
      : isa_(isa), is_f64_(request.is_f64), flop_(Flop(request.shape)) {}

  void Run() override { sink_ = (is_f64_ ? isa_.f64 : isa_.f32)(flop_); }
  std::string Implementation() const override { return std::string(isa_.name); }

 private:
  static size_t Flop(const engine::Conv2dShape& shape) {
    const engine::LoweredShape lowered = engine::Lower(shape);
    return 2 * lowered.OutputElements() * lowered.k;
  }

  const Isa& isa_;
  bool is_f64_;
  size_t flop_;
  volatile double sink_ = 0;
};

}  // namespace

std::unique_ptr<Candidate> Open(const Request& request) {
  return std::make_unique<Fma>(BestIsa(), request);
}

std::string Version() {
  return "Highway " + std::to_string(HWY_MAJOR) + "." +
         std::to_string(HWY_MINOR) + "." + std::to_string(HWY_PATCH);
}

}  // namespace opstat::peers

#endif  // HWY_ONCE
