#include "opstat/compare/comparability.h"

#include <fmt/format.h>

namespace opstat::compare {
namespace {

using benchfmt::Run;

constexpr const char* kNotSamples =
    "repetitions within one process are not independent samples";

bool OneSession(const Run& a, const Run& b) {
  return &a == &b || (!a.session.empty() && a.session == b.session);
}

std::string WhyNotNoisy(const Run& a, const Run& b, const Policy& policy) {
  for (const Run* run : {&a, &b})
    if (const std::string_view by = run->Fact("build.sanitizer"); !by.empty())
      return fmt::format("built with a sanitizer ({}): times mean nothing", by);
  if (policy.assume_independent) return "";
  if (const std::string host = HostDifference(a, b); !host.empty()) {
    return "measured on different hosts: " + host;
  }
  if (!a.process_samples || !b.process_samples) return kNotSamples;
  return Interleaved(a, b) ? ""
                           : "measured in different sessions, one after the "
                             "other (--assume-independent judges all the same)";
}

std::string Difference(const Run& a, const Run& b, const char* fact) {
  if (a.Fact(fact) == b.Fact(fact)) return "";
  const auto text = [&](const Run& run) {
    return run.Fact(fact).empty() ? "unknown" : run.Fact(fact);
  };
  return fmt::format("{} differs: {}, {}", fact, text(a), text(b));
}

std::string WhyNotExact(const Run& a, const Run& b) {
  // What is counted with paused regions is another quantity.
  std::string why = Difference(a, b, "alloc.method");
  if (!why.empty() || OneSession(a, b)) return why;
  for (const char* fact : {"build.compiler", "build.flags", "build.stdlib",
                           "build.allocator", "isa"})
    if (why.empty()) why = Difference(a, b, fact);
  return why;
}

}  // namespace

Comparability Comparable(const Run& baseline, const Run& contender,
                         const Policy& policy) {
  Comparability result{.noisy = WhyNotNoisy(baseline, contender, policy),
                       .exact = WhyNotExact(baseline, contender),
                       .exact_varying = {}};
  const bool samples = policy.assume_independent ||
                       (baseline.process_samples && contender.process_samples);
  result.exact_varying =
      result.exact.empty() && !samples ? kNotSamples : result.exact;
  return result;
}

std::string HostDifference(const Run& baseline, const Run& contender) {
  for (const char* fact : {"host.name", "host.cpu", "goos", "goarch"}) {
    const std::string_view a = baseline.Fact(fact);
    const std::string_view b = contender.Fact(fact);
    if (a.empty() || b.empty() || a == b) continue;
    return fmt::format("{} differs: {}, {}", fact, a, b);
  }
  return "";
}

bool Interleaved(const Run& baseline, const Run& contender) {
  return baseline.process_samples && contender.process_samples &&
         OneSession(baseline, contender);
}

}  // namespace opstat::compare
