#include "opstat/compare/require_keys.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>
#include <string>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/name.h"

namespace opstat::compare {
namespace {

using benchfmt::Benchmark;
using benchfmt::Run;
using Texts = std::set<std::string, std::less<>>;

std::string List(const Texts& texts) {
  return texts.empty() ? "none" : fmt::format("{}", fmt::join(texts, ", "));
}

Texts ValuesOf(std::span<const Run> runs, const KeySpace& space,
               const Key& key) {
  Texts values;
  for (const Run& run : runs) {
    for (const Benchmark& benchmark : run.benchmarks) {
      values.insert(space.Value(key, run, benchmark));
    }
  }
  values.erase("");
  return values;
}

std::string KeysThereAre(std::span<const Run> runs) {
  Texts parts, facts;
  for (const Run& run : runs) {
    for (const Benchmark& benchmark : run.benchmarks) {
      for (const auto& part : benchfmt::SplitName(benchmark.name)) {
        if (!part.key.empty()) parts.emplace(part.key);
      }
    }
    for (const auto& fact : run.facts) facts.insert(fact.first);
  }
  return fmt::format("keys of names: {}; facts: {}", List(parts), List(facts));
}

}  // namespace

void RequireKeys(std::span<const Run> runs, const KeySpace& space,
                 const Projection& projection) {
  for (const Field& field : projection) {
    const std::string& name = field.key.name;
    if (!space.IsPart(field.key) && field.fixed.empty()) continue;
    const Texts values = ValuesOf(runs, space, field.key);
    if (values.empty()) {
      throw Error(
          Failure::kUsage,
          fmt::format("no benchmark has the key \"{}\" in its name", name),
          KeysThereAre(runs));
    }
    for (const std::string& value : field.fixed) {
      if (values.contains(value)) continue;
      throw Error(Failure::kUsage,
                  fmt::format("no benchmark has {}:{}", name, value),
                  fmt::format("values of {}: {}", name, List(values)));
    }
  }
}

std::vector<std::string> UnknownKeys(std::span<const Run> runs,
                                     const KeySpace& space,
                                     const Projection& projection) {
  std::vector<std::string> unknown;
  for (const Field& field : projection)
    if (space.IsPart(field.key) && ValuesOf(runs, space, field.key).empty())
      unknown.push_back(fmt::format("no benchmark has the key \"{}\" ({})",
                                    field.key.name, KeysThereAre(runs)));
  return unknown;
}

}  // namespace opstat::compare
