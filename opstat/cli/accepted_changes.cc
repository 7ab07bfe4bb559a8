#include "opstat/cli/accepted_changes.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/unit.h"
#include "opstat/cli/nearest.h"
#include "opstat/cli/toml_text.h"

namespace opstat::cli {
namespace {

using compare::Acceptance;
using compare::Filter;

constexpr std::array<std::string_view, 5> kKeys = {"benchmark", "unit",
                                                   "commit", "reason", "until"};
constexpr std::array<std::string_view, 3> kRequired = {"benchmark", "reason",
                                                       "until"};
constexpr const char* kExample =
    "[[accept]]\n  benchmark = '^Parse'\n  unit = 'B/op'\n  commit = "
    "'1a2b3c4d'\n  reason = 'larger buffer'\n  until = 2027-01-31";

Filter BenchmarkFilter(const std::string& text, const std::string& where) {
  try {
    return Filter::ByName(text, "benchmark");
  } catch (const Error& error) {
    Refuse(where, error.what(), error.hint());
  }
}

std::string Commit(const std::string& text, const std::string& where) {
  constexpr std::size_t kFewest = 7, kMost = 64;
  const bool digits =
      text.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!digits || text.size() < kFewest || text.size() > kMost)
    Refuse(where,
           fmt::format("commit takes the {} or more first hex digits of a "
                       "hash, not '{}'",
                       kFewest, text),
           "git rev-parse --short COMMIT prints them");
  return text;
}

std::string Date(const toml::node& node, const std::string& where) {
  const auto* date = node.as_date();
  if (date == nullptr)
    Refuse(where, "until takes a date", "until = 2027-01-31, without quotes");
  return fmt::format("{:04}-{:02}-{:02}", (*date)->year, (*date)->month,
                     (*date)->day);
}

void Take(std::string_view key, const toml::node& node,
          const std::string& where, Acceptance& acceptance) {
  if (key == "until") {
    acceptance.until = Date(node, where);
    return;
  }
  const std::string text = ScalarText(node, where);
  if (text.empty()) Refuse(where, fmt::format("{} is empty", key));
  if (key == "benchmark") acceptance.benchmarks = BenchmarkFilter(text, where);
  if (key == "unit") acceptance.unit = benchfmt::Tidy(text).unit;
  if (key == "commit") acceptance.commit = Commit(text, where);
  if (key == "reason") acceptance.reason = text;
}

void CheckKey(const toml::key& key, const std::string& file) {
  if (std::ranges::count(kKeys, key.str()) > 0) return;
  const std::string_view nearest = Nearest(key.str(), kKeys);
  Refuse(Where(file, key.source()),
         fmt::format("an accepted change has no key '{}'", key.str()),
         nearest.empty() ? fmt::format("it takes {}", fmt::join(kKeys, ", "))
                         : fmt::format("did you mean {}?", nearest));
}

Acceptance ParseAcceptance(const toml::table& table, const std::string& file) {
  Acceptance acceptance;
  acceptance.origin = fmt::format("{}:{}", file, table.source().begin.line);
  for (const auto& [key, node] : table) {
    CheckKey(key, file);
    Take(key.str(), node, Where(file, node.source()), acceptance);
  }
  for (const std::string_view key : kRequired)
    if (!table.contains(key))
      Refuse(Where(file, table.source()),
             fmt::format("an accepted change needs '{}'", key), kExample);
  return acceptance;
}

}  // namespace

std::vector<Acceptance> ParseAcceptances(std::string_view toml,
                                         const std::string& file) {
  const toml::table top = ParseToml(toml, file);
  const toml::node* accepted = top.get("accept");
  if (accepted == nullptr) return {};
  if (!accepted->is_array_of_tables())
    Refuse(Where(file, accepted->source()),
           "accepted changes are tables: [[accept]]", kExample);
  std::vector<Acceptance> acceptances;
  for (const toml::node& table : *accepted->as_array())
    acceptances.push_back(ParseAcceptance(*table.as_table(), file));
  return acceptances;
}

std::string Today() {
  return fmt::format("{:%Y-%m-%d}",
                     fmt::gmtime(std::chrono::system_clock::now()));
}

}  // namespace opstat::cli
