#include "opstat/cli/query.h"

#include <fmt/format.h>

#include <regex>
#include <sstream>

#include "opstat/benchfmt/error.h"

namespace opstat::cli {
namespace {

struct ColumnKey {
  std::string key;
  std::vector<std::string> order;
};

// "scratch" or "scratch@(allocating pooled)", as benchstat writes an order.
ColumnKey ParseColumnKey(const std::string& text) {
  const std::size_t at = text.find("@(");
  if (at == std::string::npos) return {text, {}};
  if (!text.ends_with(')'))
    throw Error(
        Failure::kUsage,
        fmt::format("--col '{}': the list of values is not closed", text),
        "write it as --col 'scratch@(allocating pooled)'");
  ColumnKey column{text.substr(0, at), {}};
  std::istringstream values(text.substr(at + 2, text.size() - at - 3));
  for (std::string value; values >> value;) column.order.push_back(value);
  return column;
}

void Filter(benchfmt::Run& run, const std::string& filter) {
  if (filter.empty()) return;
  try {
    const std::regex expression(filter);
    std::erase_if(run.benchmarks, [&](const benchfmt::Benchmark& benchmark) {
      return !std::regex_search(benchmark.name, expression);
    });
    if (run.benchmarks.empty())
      throw Error(Failure::kCannotMeasure,
                  fmt::format("--filter '{}' matches no benchmark of {}",
                              filter, run.label));
  } catch (const std::regex_error& error) {
    throw Error(Failure::kUsage,
                fmt::format("--filter '{}' is not a regular expression: {}",
                            filter, error.what()));
  }
}

}  // namespace

Query::Query(const Arguments& stat_arguments)
    : col_(stat_arguments.Text("col")), filter_(stat_arguments.Text("filter")) {
  constexpr double kSmallest = 1e-9;
  policy_.alpha = stat_arguments.Number("alpha", kSmallest, 0.5);
  policy_.must_see = stat_arguments.Number("must-see", kSmallest, 100);
  policy_.assume_independent = stat_arguments.Has("assume-independent");
  policy_.cannot_tell_passes =
      stat_arguments.Choice("cannot-tell", {"pass", "fail"}) == "pass";
}

Query Query::Parse(const std::string& text) {
  std::vector<std::string> words;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) words.push_back(line);
  return Query(Arguments(*FindCommand("stat"), words));
}

std::string Query::Text() const {
  std::string text = fmt::format("--alpha={}\n--must-see={}\n", policy_.alpha,
                                 policy_.must_see);
  if (!col_.empty()) text += fmt::format("--col={}\n", col_);
  if (!filter_.empty()) text += fmt::format("--filter={}\n", filter_);
  if (policy_.assume_independent) text += "--assume-independent\n";
  if (policy_.cannot_tell_passes) text += "--cannot-tell=pass\n";
  return text;
}

compare::Comparison Query::Compare(std::vector<benchfmt::Run> runs) const {
  if (!col_.empty() && runs.size() > 1)
    throw Error(Failure::kUsage, "--col compares within one file",
                "give one file, or leave --col out");
  for (benchfmt::Run& run : runs) Filter(run, filter_);
  if (col_.empty())
    return compare::Compare(compare::ColumnsByRun(runs), policy_);
  const ColumnKey column = ParseColumnKey(col_);
  const auto columns =
      compare::ColumnsByKey(runs.front(), column.key, column.order);
  if (columns.size() == 1)
    throw Error(Failure::kUsage,
                fmt::format("--col {}: '{}' is its only value, there is "
                            "nothing to compare it with",
                            column.key, columns.front().label));
  return compare::Compare(columns, policy_);
}

}  // namespace opstat::cli
