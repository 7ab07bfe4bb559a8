#include "opstat/cli/policy_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/unit.h"
#include "opstat/cli/amount.h"
#include "opstat/cli/nearest.h"
#include "opstat/cli/toml_text.h"

namespace opstat::cli {
namespace {

using compare::Allowance;
using compare::Filter;
using compare::Rule;

constexpr std::array<std::string_view, 9> kKeys = {
    "benchmark", "where",    "unit",    "threshold", "role",
    "better",    "must_see", "missing", "budget"};

// One key of a rule: its text, and what to say of it where it stands.
class Value {
 public:
  Value(std::string key, const toml::node& node, const std::string& file)
      : key_(std::move(key)), node_(node), where_(Where(file, node.source())) {}

  const std::string& key() const { return key_; }
  const std::string& where() const { return where_; }
  std::string Text() const { return ScalarText(node_, where_); }

  std::vector<std::string> Texts() const {
    const toml::array* array = node_.as_array();
    if (array == nullptr) return {Text()};
    std::vector<std::string> texts;
    for (const toml::node& element : *array)
      texts.push_back(ScalarText(element, where_));
    return texts;
  }

  template <class T>
  T Choice(const std::vector<std::pair<std::string, T>>& choices) const {
    const std::string text = Text();
    std::vector<std::string> names;
    for (const auto& [name, value] : choices) {
      if (text == name) return value;
      names.push_back(name);
    }
    RefuseValue(fmt::format("{}", fmt::join(names, ", ")));
  }

  Amount Quantity(const char* wants) const {
    const auto amount = ParseAmount(Text());
    if (!amount) RefuseValue(wants);
    return *amount;
  }

  [[noreturn]] void RefuseValue(std::string_view wants) const {
    Refuse(where_, fmt::format("{} takes {}, not '{}'", key_, wants, Text()));
  }

 private:
  std::string key_;
  const toml::node& node_;
  std::string where_;
};

// What a filter refuses has a place within the filter; ours comes before it.
template <class Make>
Filter MakeFilter(const Value& value, Make make) {
  try {
    return make(value.Text());
  } catch (const Error& error) {
    Refuse(value.where(), error.what(), error.hint());
  }
}

std::vector<std::string> Units(const Value& value) {
  std::vector<std::string> units;
  for (const std::string& text : value.Texts())
    units.push_back(
        text == compare::kDecidingClockWord ? text : benchfmt::Tidy(text).unit);
  return units;
}

Allowance Threshold(const Value& value) {
  const Amount amount = value.Quantity("a share as \"+2%\" or an amount as 64");
  return amount.share ? Allowance{.relative = amount.value}
                      : Allowance{.absolute = amount.value};
}

double MustSee(const Value& value) {
  const char* wants = "a share as \"10%\" or 0.10";
  const Amount amount = value.Quantity(wants);
  if (amount.value <= 0 || amount.dimension != Dimension::kPlain)
    value.RefuseValue(wants);
  return amount.value;
}

double Budget(const Value& value) {
  const char* wants = "an amount as 64, \"4KiB\" or \"1.5ms\"";
  const Amount amount = value.Quantity(wants);
  if (amount.share) value.RefuseValue(wants);
  return amount.value;
}

void Take(const std::string& key, const Value& value, Rule& rule) {
  using compare::Better;
  using compare::GateRole;
  if (key == "benchmark")
    rule.benchmarks =
        rule.benchmarks.And(MakeFilter(value, [](const std::string& text) {
          return Filter::ByName(text, "benchmark");
        }));
  if (key == "where")
    rule.benchmarks =
        rule.benchmarks.And(MakeFilter(value, [](const std::string& text) {
          return Filter::Parse(text, "where");
        }));
  if (key == "unit") rule.units = Units(value);
  if (key == "threshold") rule.threshold = Threshold(value);
  if (key == "role")
    rule.role = value.Choice<GateRole>({{"gate", GateRole::kGate},
                                        {"report", GateRole::kReport},
                                        {"ignore", GateRole::kIgnore}});
  if (key == "better")
    rule.better = value.Choice<Better>(
        {{"lower", Better::kLower}, {"higher", Better::kHigher}});
  if (key == "must_see") rule.must_see = MustSee(value);
  if (key == "missing")
    rule.missing_fails = value.Choice<bool>({{"fail", true}, {"pass", false}});
  if (key == "budget") rule.budget = Budget(value);
}

void CheckKey(const toml::key& key, const std::string& file) {
  if (std::ranges::count(kKeys, key.str()) > 0) return;
  const std::string_view nearest = Nearest(key.str(), kKeys);
  Refuse(Where(file, key.source()),
         fmt::format("a rule has no key '{}'", key.str()),
         nearest.empty() ? fmt::format("it takes {}", fmt::join(kKeys, ", "))
                         : fmt::format("did you mean {}?", nearest));
}

bool AllExact(const std::vector<std::string>& units) {
  return !units.empty() && std::ranges::all_of(units, benchfmt::IsExact);
}

// An amount of a noisy unit has no test that would tell it from noise.
void CheckThreshold(const Rule& rule, const std::string& where) {
  if (!rule.threshold || rule.threshold->absolute == 0 || AllExact(rule.units))
    return;
  Refuse(where,
         "a threshold without % is for counts: the rule names no unit that is "
         "counted exactly",
         "unit = [\"B/op\", \"allocs/op\"], or a share as \"+2%\"");
}

bool Measures(const std::string& unit, Dimension dimension) {
  return dimension == Dimension::kBytes
             ? benchfmt::IsBinary(unit)
             : unit == compare::kDecidingClockWord || benchfmt::IsTime(unit);
}

// A number alone of ns/op, of MB/s or of a time is in whose unit?
bool NeedsSuffix(const std::string& written) {
  const benchfmt::TidyUnit tidy = benchfmt::Tidy(written);
  return tidy.factor != 1 || Measures(tidy.unit, Dimension::kSeconds);
}

void CheckSuffix(const Value& value, const std::vector<std::string>& units) {
  const Amount amount = value.Quantity("an amount");
  const auto unit = std::ranges::find_if(units, NeedsSuffix);
  if (unit == units.end() || amount.value == 0 || amount.share ||
      amount.dimension != Dimension::kPlain)
    return;
  const std::string text = value.Text();
  const bool bytes = !Measures(benchfmt::Tidy(*unit).unit, Dimension::kSeconds);
  Refuse(value.where(), fmt::format("{} {} has no unit", value.key(), text),
         bytes ? fmt::format("write \"{0}MB\", or \"{0}B\"", text)
               : fmt::format("write \"{0}ns\", or \"{0}us\", \"{0}ms\", "
                             "\"{0}s\"",
                             text));
}

void CheckHasUnit(const Rule& rule, const Value& budget) {
  if (!rule.units.empty()) return;
  Refuse(budget.where(),
         fmt::format("budget {}, but the rule names no unit", budget.Text()),
         "unit = \"allocs/op\", or whichever it is of");
}

// "4KiB" of a time can only be a mistake.
void CheckDimension(const Rule& rule, const Value& value) {
  const Dimension dimension = value.Quantity("an amount").dimension;
  const auto fits = [&](const std::string& unit) {
    return Measures(unit, dimension);
  };
  if (dimension == Dimension::kPlain ||
      (!rule.units.empty() && std::ranges::all_of(rule.units, fits)))
    return;
  const bool bytes = dimension == Dimension::kBytes;
  Refuse(value.where(),
         fmt::format("'{}' is an amount of {}: the rule's unit is {}",
                     value.Text(), bytes ? "bytes" : "time",
                     rule.units.empty()
                         ? "any"
                         : fmt::format("{}", fmt::join(rule.units, ", "))),
         bytes ? "unit = \"B/op\", or a number in the rule's unit"
               : "unit = \"time\", or a number in the rule's unit");
}

// What is allowed need not be seen.
void CheckMustSee(const Rule& rule, const Value& value) {
  if (rule.threshold && *rule.must_see < rule.threshold->relative)
    Refuse(value.where(),
           fmt::format("must_see, {:g}%, is smaller than the threshold, {:g}%",
                       100 * *rule.must_see, 100 * rule.threshold->relative),
           "leave it out: it is at least the threshold");
}

void CheckTogether(const Rule& rule, const toml::table& table,
                   const std::string& file) {
  const auto check = [&](const char* key, const auto& what) {
    if (const toml::node* node = table.get(key))
      what(rule, Value(key, *node, file));
  };
  const auto check_suffix = [&](const Rule&, const Value& amount) {
    check("unit", [&](const Rule&, const Value& unit) {
      CheckSuffix(amount, unit.Texts());
    });
  };
  check("threshold", CheckDimension);
  check("threshold", check_suffix);
  check("budget", CheckDimension);
  check("budget", check_suffix);
  check("budget", CheckHasUnit);
  check("must_see", CheckMustSee);
}

Rule ParseRule(const toml::table& table, const std::string& file) {
  Rule rule;
  rule.origin = fmt::format("{}:{}", file, table.source().begin.line);
  std::string threshold;
  for (const auto& [key, node] : table) {
    CheckKey(key, file);
    const Value value(std::string(key.str()), node, file);
    Take(std::string(key.str()), value, rule);
    if (key.str() == "threshold") threshold = value.where();
  }
  CheckThreshold(rule, threshold);
  CheckTogether(rule, table, file);
  return rule;
}

template <class Visit>
void ForEachRule(const toml::table& top, const std::string& file, Visit visit) {
  const toml::node* rules = top.get("rule");
  if (rules == nullptr) return;
  if (!rules->is_array_of_tables())
    Refuse(Where(file, rules->source()), "rules are tables: [[rule]]");
  for (const toml::node& rule : *rules->as_array()) visit(*rule.as_table());
}

}  // namespace

std::vector<Rule> ParseRules(std::string_view toml, const std::string& file) {
  std::vector<Rule> rules;
  ForEachRule(ParseToml(toml, file), file, [&](const toml::table& rule) {
    rules.push_back(ParseRule(rule, file));
  });
  return rules;
}

std::vector<RuleLine> DescribeRules(std::string_view toml,
                                    const std::string& file) {
  std::vector<RuleLine> lines;
  ForEachRule(ParseToml(toml, file), file, [&](const toml::table& rule) {
    std::vector<std::string> parts;
    for (const std::string_view key : kKeys)
      if (const toml::node* node = rule.get(key))
        parts.push_back(fmt::format(
            "{} = {}", key,
            fmt::join(Value(std::string(key), *node, file).Texts(), ", ")));
    lines.push_back({fmt::format("{}", fmt::join(parts, "; ")),
                     fmt::format("{}:{}", file, rule.source().begin.line)});
  });
  return lines;
}

}  // namespace opstat::cli
