#include "opstat/cli/judgement.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <sstream>

#include "opstat/cli/accepted_changes.h"
#include "opstat/cli/policy_file.h"
#include "opstat/cli/query.h"
#include "opstat/compare/gate.h"
#include "opstat/compare/layout.h"

namespace opstat::cli {
namespace {

constexpr std::string_view kFirstLine = "opstat compare";
// A text of several lines as one, and back.
std::string Escape(const std::string& text) {
  std::string line;
  for (const char c : text) {
    if (c == '\\' || c == '\n') line += '\\';
    line += c == '\n' ? 'n' : c;
  }
  return line;
}

std::string Unescape(const std::string& line) {
  std::string text;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool escaped = line[i] == '\\' && i + 1 < line.size();
    if (escaped) ++i;
    text += escaped && line[i] == 'n' ? '\n' : line[i];
  }
  return text;
}

constexpr char kSeparator = '|';  // of a tau's value, origin and benchmark

compare::Tau ParseTau(const std::string& text, std::string* benchmark) {
  const std::size_t first = text.find(kSeparator);
  const std::size_t second = text.find(kSeparator, first + 1);
  if (first == std::string::npos || second == std::string::npos) return {};
  *benchmark = text.substr(second + 1);
  return {.value = std::strtod(text.c_str(), nullptr),
          .origin = text.substr(first + 1, second - first - 1)};
}

void Take(const std::string& name, const std::string& value,
          Judgement& judgement) {
  compare::Policy& policy = judgement.policy;
  if (name == "one-shot") policy.mode = compare::Mode::kOneShot;
  if (name == "screen") policy.screen_rounds = std::atoi(value.c_str());
  if (name == "confirm") policy.confirm_rounds = std::atoi(value.c_str());
  if (name == "alpha") policy.alpha = std::strtod(value.c_str(), nullptr);
  if (name == "must-see") policy.must_see = std::strtod(value.c_str(), nullptr);
  if (name == "cannot-tell-passes") policy.cannot_tell_passes = true;
  if (name == "same-code") judgement.same_code = true;
  if (name == "today") judgement.today = value;
  if (name == "commit") judgement.commits.push_back(value);
  if (name == "rules-name") judgement.rules_name = value;
  if (name == "rules")
    judgement.TakeRules(Unescape(value), judgement.rules_name);
  if (name == "no-baseline-passes") policy.no_baseline_passes = true;
  if (name == "source") policy.source = Unescape(value);
  if (name == "looks") judgement.looks = std::atoi(value.c_str());
  if (name == "tau") {
    std::string benchmark;
    const compare::Tau tau = ParseTau(value, &benchmark);
    policy.taus[benchmark] = tau;
  }
}

std::string TauText(const compare::Policy& policy) {
  std::string text;
  for (const auto& [benchmark, tau] : policy.taus)
    text += fmt::format("tau={}{}{}{}{}\n", tau.value, kSeparator, tau.origin,
                        kSeparator, benchmark);
  return text;
}

}  // namespace

std::string Judgement::Text() const {
  std::string text = fmt::format(
      "{}\nscreen={}\nconfirm={}\nalpha={}\nmust-see={}\nlooks={}\n",
      kFirstLine, policy.screen_rounds, policy.confirm_rounds, policy.alpha,
      policy.must_see, looks);
  if (policy.mode == compare::Mode::kOneShot) text += "one-shot\n";
  if (policy.cannot_tell_passes) text += "cannot-tell-passes\n";
  if (same_code) text += "same-code\n";
  if (policy.no_baseline_passes) text += "no-baseline-passes\n";
  if (!policy.source.empty())
    text += fmt::format("source={}\n", Escape(policy.source));
  if (!policy.rules.empty() || !acceptances.empty())
    text += fmt::format("rules-name={}\nrules={}\n", rules_name,
                        Escape(rules_text));
  if (acceptances.empty()) return text + TauText(policy);
  text += fmt::format("today={}\n", today);
  for (const std::string& commit : commits)
    text += fmt::format("commit={}\n", commit);
  return text + TauText(policy);
}

void Judgement::TakeRules(const std::string& toml, const std::string& name) {
  rules_text = toml;
  rules_name = name;
  policy.rules = ParseRules(toml, name);
  acceptances = ParseAcceptances(toml, name);
}

std::optional<Judgement> Judgement::Parse(const std::string& text) {
  std::istringstream lines(text);
  std::string line;
  if (!std::getline(lines, line) || line != kFirstLine) return std::nullopt;
  Judgement judgement;
  judgement.policy.mode = compare::Mode::kScreenConfirm;
  while (std::getline(lines, line)) {
    const std::size_t equals = std::min(line.find('='), line.size());
    Take(line.substr(0, equals), line.substr(std::min(equals + 1, line.size())),
         judgement);
  }
  return judgement;
}

void Judgement::Accept(compare::Comparison& comparison) const {
  for (compare::Row& row : comparison.rows)
    if (row.verdict == compare::Verdict::kRegression)
      if (const compare::Acceptance* found = compare::FindAcceptance(
              acceptances, {row.benchmark(), row.unit, commits}, today))
        row.accepted = fmt::format("{} ({})", found->reason, found->origin);
  compare::ApplyGate(comparison);
}

compare::Comparison Judgement::Compare(
    const std::vector<benchfmt::Run>& runs) const {
  compare::Policy look = policy;
  look.alpha = std::ldexp(policy.alpha, 1 - looks);
  compare::Layout layout = compare::ColumnsByRun(runs);
  for (std::size_t i = 1; i < layout.columns.size(); ++i)
    layout.columns[i].same_code = same_code;
  compare::Comparison result = compare::Compare(layout, look);
  if (!acceptances.empty()) Accept(result);
  if (looks > 1)
    result.warnings.push_back(fmt::format(
        "look {} at these samples: judged at alpha {:g}%; the chance of a "
        "false alarm in any of the looks is at most {:g}%",
        looks, 100 * look.alpha, 100 * (2 * policy.alpha - look.alpha)));
  for (const benchfmt::Run& run : runs)
    for (const std::string& warning : run.warnings)
      if (std::ranges::count(result.warnings, warning) == 0)
        result.warnings.push_back(warning);
  return result;
}

compare::Comparison Recompute(const store::ComparisonRecord& record,
                              std::vector<benchfmt::Run> runs) {
  if (const auto judgement = Judgement::Parse(record.query))
    return judgement->Compare(runs);
  const Query query = Query::Parse(record.query);
  query.Relabel(runs);
  return query.Compare(runs);
}

}  // namespace opstat::cli
