// What the measuring script sees of a candidate library; it is compiled into
// each of them. Times are taken here, around many runs, so that the call from
// Python costs nothing that shows.
#include "tests/peers/candidate.h"

#include <chrono>
#include <cstdint>
#include <exception>
#include <limits>

namespace opstat::peers {
namespace {

thread_local std::string last_text;

const char* Keep(std::string text) {
  last_text = std::move(text);
  return last_text.c_str();
}

double SecondsOf(Candidate& candidate, std::int64_t times) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point start = Clock::now();
  for (std::int64_t i = 0; i < times; ++i) candidate.Run();
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace
}  // namespace opstat::peers

using opstat::peers::Candidate;

extern "C" {

/// nullptr on failure; peer_error() says why.
Candidate* peer_open(const char* method,
                     const opstat::engine::Conv2dShape* shape, int is_f64,
                     const void* x, const void* weights, void* y) {
  try {
    return opstat::peers::Open({method, *shape, is_f64 != 0, x, weights, y})
        .release();
  } catch (const std::exception& e) {
    opstat::peers::Keep(e.what());
    return nullptr;
  }
}

/// Seconds that `times` runs took together; NaN on failure.
double peer_run(Candidate* candidate, std::int64_t times) {
  try {
    return opstat::peers::SecondsOf(*candidate, times);
  } catch (const std::exception& e) {
    opstat::peers::Keep(e.what());
    return std::numeric_limits<double>::quiet_NaN();
  }
}

const char* peer_implementation(const Candidate* candidate) {
  return opstat::peers::Keep(candidate->Implementation());
}

const char* peer_version() {
  return opstat::peers::Keep(opstat::peers::Version());
}

const char* peer_error() { return opstat::peers::last_text.c_str(); }

void peer_close(Candidate* candidate) { delete candidate; }

}  // extern "C"
