#include "opstat/compare/key.h"

#include <utility>

#include "opstat/benchfmt/name.h"

namespace opstat::compare {

std::optional<Key> ParseKey(std::string_view word) {
  using Kind = Key::Kind;
  for (const auto& [name, kind] :
       {std::pair{".name", Kind::kName},
        std::pair{".fullname", Kind::kFullName},
        std::pair{".file", Kind::kFile}, std::pair{".unit", Kind::kUnit},
        std::pair{".config", Kind::kConfig}}) {
    if (word == name) return Key{kind, name};
  }
  if (word.empty() || word == "/" || word[0] == '.') return std::nullopt;
  if (word[0] == '/') return Key{Kind::kPart, std::string(word.substr(1))};
  return Key{Kind::kFact, word == "cpu" ? "host.cpu" : std::string(word)};
}

std::string_view ValueOf(const Key& key, const benchfmt::Run& run,
                         const benchfmt::Benchmark& benchmark) {
  switch (key.kind) {
    case Key::Kind::kName:
      return benchfmt::SplitName(benchmark.name).front().text;
    case Key::Kind::kFullName:
      return benchmark.name;
    case Key::Kind::kFile:
      return run.label;
    case Key::Kind::kFact:
      if (const auto fact = run.Fact(key.name); !fact.empty()) return fact;
      [[fallthrough]];
    case Key::Kind::kPart:
      return benchfmt::KeyValue(benchmark.name, key.name);
    case Key::Kind::kUnit:
    case Key::Kind::kConfig:
      break;
  }
  return {};
}

}  // namespace opstat::compare
