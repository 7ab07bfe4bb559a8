#include "engine/thread_seat.h"

#include <algorithm>
#include <mutex>
#include <vector>

namespace opstat::engine {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

class Seats {
 public:
  static Seats& Instance() {
    // Never destroyed: threads may end after the process began to exit.
    static auto* const instance = new Seats;
    return *instance;
  }

  std::size_t Take() {
    const std::lock_guard lock(mutex_);
    const auto free = std::ranges::find(taken_, false);
    const auto seat = static_cast<std::size_t>(free - taken_.begin());
    if (free == taken_.end()) {
      taken_.push_back(true);
    } else {
      *free = true;
    }
    return seat;
  }

  void GiveBack(std::size_t seat) {
    const std::lock_guard lock(mutex_);
    taken_[seat] = false;
  }

 private:
  std::mutex mutex_;
  std::vector<bool> taken_;
};

// A plain number beside the guard: it can still be read while the thread's
// objects are being destroyed.
thread_local std::size_t this_seat = kNone;

struct SeatGuard {
  SeatGuard() { this_seat = Seats::Instance().Take(); }
  SeatGuard(const SeatGuard&) = delete;
  SeatGuard& operator=(const SeatGuard&) = delete;
  ~SeatGuard() { Seats::Instance().GiveBack(this_seat); }
};

}  // namespace

std::size_t ThreadSeat() {
  if (this_seat == kNone) {
    static thread_local const SeatGuard guard;
  }
  return this_seat;
}

}  // namespace opstat::engine
