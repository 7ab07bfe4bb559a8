#include "engine/scratch.h"

#include <algorithm>
#include <array>

#include "engine/named_values.h"
#include "engine/thread_seat.h"

namespace opstat::engine {
namespace {

constexpr NamedValues<Scratch, 3> kScratchNames{
    "scratch",
    {{{"allocating", Scratch::kAllocating},
      {"pooled", Scratch::kPooled},
      {"mapped", Scratch::kMapped}}}};

constexpr std::size_t kSeats = 64;

}  // namespace

std::string_view Name(Scratch scratch) { return kScratchNames.Name(scratch); }

Scratch ParseScratch(std::string_view name) {
  return kScratchNames.Parse(name);
}

template <class T>
ScratchPools<T>& ScratchPools<T>::Instance() {
  static auto* const of_seat = new std::array<ScratchPools<T>, kSeats>;
  return (*of_seat)[ThreadSeat() % kSeats];
}

template <class T>
ScratchBuffer<T>::ScratchBuffer(Scratch scratch, ScratchPool<T>& pool,
                                std::size_t size) {
  switch (scratch) {
    case Scratch::kPooled:
      data_ = lease_.emplace(pool.Acquire(size)).data();
      break;
    case Scratch::kMapped:
      data_ = mapped_.emplace(size).data();
      break;
    case Scratch::kAllocating:
      data_ = owned_.emplace(size).data();
      std::fill_n(data_, size, T{0});
  }
}

template struct ScratchPools<float>;
template struct ScratchPools<double>;
template class ScratchBuffer<float>;
template class ScratchBuffer<double>;

}  // namespace opstat::engine
