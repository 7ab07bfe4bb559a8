#include "harness/call_series.h"

#include <algorithm>

namespace opstat::harness {

std::span<const BenchmarkCall> CallSeries::Add(const BenchmarkCall& call) {
  if (!GoesOn(call)) {
    size_ = 0;
    began_with_one_ = call.max_iterations == 1;
  } else if (calls_[size_ - 1].max_iterations == call.max_iterations) {
    --size_;
  }
  Append(call);
  return std::span(calls_).first(size_);
}

bool CallSeries::GoesOn(const BenchmarkCall& call) const {
  if (size_ == 0 || !began_with_one_) return false;
  const BenchmarkCall& last = calls_[size_ - 1];
  return call.function == last.function && call.threads == last.threads &&
         call.max_iterations > 1 && call.max_iterations >= last.max_iterations;
}

void CallSeries::Append(const BenchmarkCall& call) {
  if (size_ == calls_.size()) {
    std::rotate(calls_.begin(), calls_.begin() + 1, calls_.end());
    --size_;
  }
  calls_[size_++] = call;
}

}  // namespace opstat::harness
