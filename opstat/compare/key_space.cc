#include "opstat/compare/key_space.h"

#include <algorithm>
#include <set>

#include "opstat/benchfmt/name.h"

namespace opstat::compare {

void KeySpace::Name(const Projection& projection) {
  for (const Field& field : projection) named_.push_back(field.key);
}

bool KeySpace::IsNamed(Key::Kind kind) const {
  return std::ranges::count(named_, kind, &Key::kind) > 0;
}

bool KeySpace::IsFact(const Key& key) const {
  return key.kind == Key::Kind::kFact &&
         std::ranges::any_of(runs_, [&](const benchfmt::Run& run) {
           return !run.Fact(key.name).empty();
         });
}

bool KeySpace::IsPart(const Key& key) const {
  return key.kind == Key::Kind::kPart ||
         (key.kind == Key::Kind::kFact && !IsFact(key));
}

Projection KeySpace::Expand(const Projection& projection) const {
  Projection expanded;
  for (const Field& field : projection) {
    if (field.key.kind != Key::Kind::kConfig) {
      expanded.push_back(field);
      continue;
    }
    std::set<std::string> facts;
    for (const benchfmt::Run& run : runs_) {
      for (const auto& [name, value] : run.facts) facts.insert(name);
    }
    for (const std::string& name : facts) {
      const Key key{Key::Kind::kFact, name};
      if (std::ranges::count(named_, key) == 0) {
        expanded.push_back({key, field.order, {}});
      }
    }
  }
  return expanded;
}

std::string KeySpace::Value(const Key& key, const benchfmt::Run& run,
                            const benchfmt::Benchmark& benchmark) const {
  if (key.kind == Key::Kind::kFullName) return RemainingName(benchmark.name);
  // A fact of one run is not looked for in another's names.
  return std::string(IsFact(key) ? run.Fact(key.name)
                                 : ValueOf(key, run, benchmark));
}

std::string KeySpace::RemainingName(const std::string& name) const {
  std::string remaining = name;
  for (const Key& key : named_) {
    if (IsPart(key)) remaining = benchfmt::WithoutKey(remaining, key.name);
  }
  if (!IsNamed(Key::Kind::kName)) return remaining;
  const std::size_t base = benchfmt::SplitName(remaining).front().text.size();
  return "*" + remaining.substr(base);
}

}  // namespace opstat::compare
