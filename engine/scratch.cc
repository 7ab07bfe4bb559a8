#include "engine/scratch.h"

#include <algorithm>

#include "engine/named_values.h"

namespace opstat::engine {
namespace {

constexpr NamedValues<Scratch, 2> kScratchNames{
    "scratch",
    {{{"allocating", Scratch::kAllocating}, {"pooled", Scratch::kPooled}}}};

}  // namespace

std::string_view Name(Scratch scratch) { return kScratchNames.Name(scratch); }

Scratch ParseScratch(std::string_view name) {
  return kScratchNames.Parse(name);
}

template <class T>
ScratchPools<T>& ScratchPools<T>::Instance() {
  static auto* const instance = new ScratchPools<T>;
  return *instance;
}

template <class T>
ScratchBuffer<T>::ScratchBuffer(Scratch scratch, ScratchPool<T>& pool,
                                std::size_t size) {
  if (scratch == Scratch::kPooled) {
    lease_.emplace(pool.Acquire(size));
  } else {
    owned_.emplace(size);
    std::fill_n(owned_->data(), size, T{0});
  }
}

template struct ScratchPools<float>;
template struct ScratchPools<double>;
template class ScratchBuffer<float>;
template class ScratchBuffer<double>;

}  // namespace opstat::engine
