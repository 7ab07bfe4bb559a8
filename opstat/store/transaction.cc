#include "opstat/store/transaction.h"

#include <random>
#include <thread>

namespace opstat::store {

void SleepWithJitter() {
  thread_local std::minstd_rand random{std::random_device{}()};
  std::uniform_int_distribution<int> delay(5, 50);
  std::this_thread::sleep_for(std::chrono::milliseconds(delay(random)));
}

void WhileConflicting(const std::function<void()>& attempt) {
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  for (;;) {
    try {
      return attempt();
    } catch (const Conflict&) {
      if (std::chrono::steady_clock::now() >= deadline) throw;
    }
    SleepWithJitter();
  }
}

}  // namespace opstat::store
