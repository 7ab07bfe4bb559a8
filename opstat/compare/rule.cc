#include "opstat/compare/rule.h"

#include <algorithm>

namespace opstat::compare {
namespace {

bool NamesUnit(const Rule& rule, const Target& target) {
  return std::ranges::any_of(rule.units, [&](const std::string& unit) {
    return unit == target.unit ||
           (target.decides && unit == kDecidingClockWord);
  });
}

bool Matches(const Rule& rule, const Target& target) {
  return (rule.units.empty() || NamesUnit(rule, target)) &&
         rule.benchmarks.Matches(target.run, target.benchmark, target.unit);
}

template <class To, class From>
void Take(const std::optional<From>& said, To& value) {
  if (said) value = *said;
}

}  // namespace

Limits LimitsOf(std::span<const Rule> rules, const Target& target) {
  Limits limits;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const Rule& rule = rules[i];
    if (!Matches(rule, target)) continue;
    limits.rules.push_back(i);
    limits.origin = rule.origin;
    limits.judged |= !rule.units.empty();
    Take(rule.role, limits.role);
    Take(rule.better, limits.better);
    Take(rule.threshold, limits.threshold);
    Take(rule.must_see, limits.must_see);
    Take(rule.missing_fails, limits.missing_fails);
    Take(rule.budget, limits.budget);
  }
  return limits;
}

const std::shared_ptr<const Limits>& NoLimits() {
  static const auto limits = std::make_shared<const Limits>();
  return limits;
}

const char* Name(GateRole role) {
  switch (role) {
    case GateRole::kReport:
      return "report";
    case GateRole::kIgnore:
      return "ignore";
    default:
      return "gate";
  }
}

}  // namespace opstat::compare
