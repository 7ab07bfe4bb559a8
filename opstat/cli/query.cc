#include "opstat/cli/query.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <sstream>
#include <utility>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/unit.h"
#include "opstat/compare/draft.h"

namespace opstat::cli {
namespace {

using compare::Better;
using compare::Projection;

constexpr const char* kTexts[] = {"row",   "col",    "table", "ignore",
                                  "where", "filter", "judge"};

// One file alone is a column alone.
constexpr const char* kDefaultCol = ".file";

// "B/s,items/op:higher": units and which way is better.
std::map<std::string, Better> ParseJudged(const std::string& text) {
  std::map<std::string, Better> judged;
  std::istringstream items(text);
  for (std::string item; std::getline(items, item, ',');) {
    const std::size_t colon = std::min(item.find(':'), item.size());
    const std::string unit = benchfmt::Tidy(item.substr(0, colon)).unit;
    const std::string way = item.substr(colon);
    if (unit.empty() || (way != "" && way != ":higher" && way != ":lower"))
      throw Error(Failure::kUsage, fmt::format("--judge: '{}'", item),
                  "write it as --judge B/s,misses/op:lower");
    const bool higher =
        way.empty() ? benchfmt::HigherIsBetter(unit) : way == ":higher";
    judged[unit] = higher ? Better::kHigher : Better::kLower;
  }
  return judged;
}

compare::Correction CorrectionNamed(const std::string& name) {
  using compare::Correction;
  if (name == "holm") return Correction::kHolm;
  return name == "bh" ? Correction::kBenjaminiHochberg
                      : Correction::kBonferroni;
}

}  // namespace

Query::Query(const Arguments& stat_arguments) : labels_(stat_arguments.tail()) {
  for (const char* option : kTexts) {
    const std::string text = stat_arguments.Text(option);
    if (!text.empty()) texts_[option] = text;
  }
  constexpr double kSmallest = 1e-9;
  policy_.alpha = stat_arguments.Number("alpha", kSmallest, 0.5);
  policy_.correction = CorrectionNamed(stat_arguments.Choice("correction"));
  policy_.must_see = stat_arguments.Number("must-see", kSmallest, 100);
  policy_.assume_independent = stat_arguments.Has("assume-independent");
  policy_.cannot_tell_passes = stat_arguments.Choice("cannot-tell") == "pass";
  policy_.judged = ParseJudged(Option("judge"));
}

Query Query::Parse(const std::string& text) {
  std::vector<std::string> words;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) words.push_back(line);
  return Query(Arguments(*FindCommand("stat"), words));
}

std::string Query::Text(std::span<const benchfmt::Run> runs) const {
  std::string text = fmt::format("--alpha={}\n--must-see={}\n", policy_.alpha,
                                 policy_.must_see);
  for (const auto& [option, value] : texts_)
    text += fmt::format("--{}={}\n", option, value);
  if (policy_.correction != compare::Correction::kBonferroni)
    text += fmt::format("--correction={}\n", Name(policy_.correction));
  if (policy_.assume_independent) text += "--assume-independent\n";
  if (policy_.cannot_tell_passes) text += "--cannot-tell=pass\n";
  text += "--\n";
  for (const benchfmt::Run& run : runs) text += run.label + "\n";
  return text;
}

void Query::Relabel(std::span<benchfmt::Run> runs) const {
  for (std::size_t i = 0; i < std::min(runs.size(), labels_.size()); ++i)
    runs[i].label = labels_[i];
}

std::string Query::Option(const char* name) const {
  const auto text = texts_.find(name);
  return text == texts_.end() ? "" : text->second;
}

Projection Query::Keys(const char* option) const {
  return compare::ParseProjection(Option(option), fmt::format("--{}", option));
}

compare::Filter Query::Filter() const {
  compare::Filter filter;
  if (const std::string where = Option("where"); !where.empty())
    filter = compare::Filter::Parse(where, "--where");
  if (const std::string name = Option("filter"); !name.empty())
    filter = filter.And(compare::Filter::ByName(name, "--filter"));
  return filter;
}

// One unit may be in some files only; in none it is a slip of the pen.
std::vector<std::string> Query::Unjudged(
    std::span<const benchfmt::Run> runs) const {
  if (policy_.judged.empty()) return {};
  std::set<std::string> units;
  for (const benchfmt::Run& run : runs)
    for (const benchfmt::Benchmark& benchmark : run.benchmarks)
      for (const benchfmt::Measurement& measurement : benchmark.measurements)
        if (!benchfmt::IsHousekeeping(measurement.unit))
          units.insert(measurement.unit);
  std::vector<std::string> warnings;
  for (const auto& [unit, better] : policy_.judged)
    if (!units.contains(unit))
      warnings.push_back(
          fmt::format("judged nothing: no benchmark has the unit \"{}\" "
                      "(units: {})",
                      unit, fmt::join(units, ", ")));
  return warnings;
}

compare::Layout Query::Arrange(std::span<const benchfmt::Run> runs) const {
  compare::Layout layout = compare::Arrange(runs, {.row = Keys("row"),
                                                   .col = Keys("col"),
                                                   .table = Keys("table"),
                                                   .ignore = Keys("ignore"),
                                                   .filter = Filter()});
  if (layout.columns.size() == 1 && Option("col") != kDefaultCol)
    throw Error(Failure::kUsage,
                fmt::format("--col {}: '{}' is its only value, there is "
                            "nothing to compare it with",
                            Option("col"), layout.columns.front().label),
                "a key of benchmark names is also written /key");
  return layout;
}

compare::Comparison Query::Compare(std::span<const benchfmt::Run> runs) const {
  compare::Comparison comparison = compare::Compare(Arrange(runs), policy_);
  std::ranges::move(Unjudged(runs), std::back_inserter(comparison.warnings));
  return comparison;
}

compare::Comparison Query::CompareAndRelease(
    std::span<benchfmt::Run> runs) const {
  const compare::Layout layout = Arrange(runs);
  compare::Drafts drafts = compare::MakeDrafts(layout, policy_);
  std::vector<std::string> unjudged = Unjudged(runs);
  for (benchfmt::Run& run : runs) run.benchmarks = {};
  compare::Comparison comparison =
      compare::CompareDrafts(std::move(drafts), layout, policy_);
  std::ranges::move(unjudged, std::back_inserter(comparison.warnings));
  return comparison;
}

}  // namespace opstat::cli
