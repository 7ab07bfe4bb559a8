#include "harness/steady_state.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace opstat::harness {

namespace {

using Metric = std::uint64_t AllocTotals::*;

struct Line {
  std::uint64_t per_op = 0;
  std::uint64_t one_time = 0;
};

/// The line through the last two calls, if its numbers are whole and not
/// negative.
std::optional<Line> WholeLine(std::span<const BenchmarkCall> calls,
                              Metric metric) {
  if (calls.size() < 2) return std::nullopt;
  const BenchmarkCall& last = calls.back();
  const BenchmarkCall& before = calls[calls.size() - 2];
  const std::uint64_t count = last.totals.*metric;
  if (last.iterations <= before.iterations || count < before.totals.*metric) {
    return std::nullopt;
  }
  const std::uint64_t iterations = last.iterations - before.iterations;
  const std::uint64_t rise = count - before.totals.*metric;
  const std::uint64_t per_op = rise / iterations;
  if (rise % iterations != 0 || per_op * last.iterations > count) {
    return std::nullopt;
  }
  return Line{per_op, count - per_op * last.iterations};
}

bool EveryCallWarmsUp(std::span<const BenchmarkCall> calls) {
  const std::optional<Line> line = WholeLine(calls, &AllocTotals::allocs);
  if (!line || line->one_time == 0) return false;
  const BenchmarkCall& last = calls.back();
  if (calls.size() == 2) return last.totals.allocs % last.iterations != 0;
  const BenchmarkCall& older = calls[calls.size() - 3];
  return older.totals.allocs >=
         line->per_op * older.iterations + line->one_time;
}

}  // namespace

SteadyState EstimateSteadyState(std::span<const BenchmarkCall> calls) {
  const bool warms_up = EveryCallWarmsUp(calls);
  const auto estimate = [&](Metric metric, double& per_op, double* one_time) {
    const BenchmarkCall& last = calls.back();
    const std::optional<Line> line =
        warms_up ? WholeLine(calls, metric) : std::nullopt;
    per_op = line ? static_cast<double>(line->per_op)
                  : static_cast<double>(last.totals.*metric) /
                        static_cast<double>(last.iterations);
    if (line && one_time) *one_time = static_cast<double>(line->one_time);
  };
  SteadyState state;
  estimate(&AllocTotals::allocs, state.allocs_per_op, &state.one_time_allocs);
  estimate(&AllocTotals::bytes, state.bytes_per_op, &state.one_time_bytes);
  estimate(&AllocTotals::frees, state.frees_per_op, nullptr);
  return state;
}

}  // namespace opstat::harness
