#include "opstat/compare/call_site_growth.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

namespace opstat::compare {
namespace {

using benchfmt::CallPath;
using benchfmt::CallSite;
using benchfmt::CallSites;
using benchfmt::Frame;

// The sites of one function on both sides, in the order of their lines.
struct Function {
  std::vector<const CallSite*> baseline, contender;
  /// For each site of the contender the place of its counterpart.
  std::vector<std::optional<std::size_t>> counterpart;
};

// Another build lies in another folder.
std::string NameOf(const Frame& frame) {
  return frame.function.empty()
             ? frame.module.substr(frame.module.find_last_of('/') + 1)
             : frame.function;
}

auto Position(const CallSite* site) {
  return std::tuple(site->frame.file, site->frame.line, site->frame.offset);
}

std::map<std::string, Function> ByFunction(const CallSites& baseline,
                                           const CallSites& contender) {
  std::map<std::string, Function> functions;
  for (const CallSite& site : baseline.sites)
    functions[NameOf(site.frame)].baseline.push_back(&site);
  for (const CallSite& site : contender.sites)
    functions[NameOf(site.frame)].contender.push_back(&site);
  for (auto& [name, function] : functions) {
    std::ranges::sort(function.baseline, {}, Position);
    std::ranges::sort(function.contender, {}, Position);
    function.counterpart.resize(function.contender.size());
  }
  return functions;
}

template <class Match>
void PairOff(Function& function, Match match) {
  for (std::size_t c = 0; c < function.contender.size(); ++c) {
    if (function.counterpart[c]) continue;
    for (std::size_t b = 0; b < function.baseline.size(); ++b) {
      const bool taken = std::ranges::count(function.counterpart, b) > 0;
      if (taken || !match(b, c)) continue;
      function.counterpart[c] = b;
      break;
    }
  }
}

// Whether the pair would lie across another: code rarely changes its order.
bool Crosses(const Function& function, std::size_t b, std::size_t c) {
  for (std::size_t other = 0; other < function.contender.size(); ++other)
    if (function.counterpart[other] && other != c &&
        (other < c) != (*function.counterpart[other] < b))
      return true;
  return false;
}

void PairOff(Function& function) {
  const auto counts = [&](std::size_t b, std::size_t c) {
    return std::pair(function.baseline[b]->counts,
                     function.contender[c]->counts);
  };
  PairOff(function, [&](std::size_t b, std::size_t c) {
    const auto [base, contender] = counts(b, c);
    return base.allocs_per_op == contender.allocs_per_op &&
           base.bytes_per_op == contender.bytes_per_op;
  });
  PairOff(function, [&](std::size_t b, std::size_t c) {
    const auto [base, contender] = counts(b, c);
    return base.bytes_per_op * contender.allocs_per_op ==
           contender.bytes_per_op * base.allocs_per_op;
  });
  PairOff(function, [&](std::size_t b, std::size_t c) {
    return !Crosses(function, b, c);
  });
}

std::vector<std::string> Names(const CallPath& path) {
  std::vector<std::string> names;
  std::ranges::transform(path.frames, std::back_inserter(names), NameOf);
  return names;
}

// By how much more this path allocates than the one through the same functions.
std::tuple<double, double> Added(const CallPath& path,
                                 const std::vector<CallPath>& baseline) {
  const auto same = std::ranges::find(baseline, Names(path), Names);
  if (same == baseline.end())
    return {path.counts.allocs_per_op, path.counts.bytes_per_op};
  return {path.counts.allocs_per_op - same->counts.allocs_per_op,
          path.counts.bytes_per_op - same->counts.bytes_per_op};
}

GrownCallSite Grown(const CallSite* baseline, const CallSite& contender) {
  GrownCallSite grown{std::nullopt, contender};
  if (baseline == nullptr) return grown;
  grown.baseline = *baseline;
  std::ranges::stable_sort(
      grown.contender.paths, std::greater(),
      [&](const CallPath& path) { return Added(path, baseline->paths); });
  return grown;
}

}  // namespace

double GrownCallSite::AddedAllocs() const {
  return contender.counts.allocs_per_op -
         (baseline ? baseline->counts.allocs_per_op : 0);
}

double GrownCallSite::AddedBytes() const {
  return contender.counts.bytes_per_op -
         (baseline ? baseline->counts.bytes_per_op : 0);
}

CallSiteGrowth FindGrowth(const CallSites& baseline,
                          const CallSites& contender) {
  CallSiteGrowth growth{
      .benchmark = contender.benchmark,
      .processes = contender.processes,
      .baseline = baseline.counts,
      .contender = contender.counts,
      .sites = {},
      .modules_without_lines = contender.modules_without_lines,
      .warnings = {}};
  for (auto& [name, function] : ByFunction(baseline, contender)) {
    PairOff(function);
    for (std::size_t c = 0; c < function.contender.size(); ++c) {
      const auto b = function.counterpart[c];
      GrownCallSite grown =
          Grown(b ? function.baseline[*b] : nullptr, *function.contender[c]);
      if (grown.AddedAllocs() > 0 || grown.AddedBytes() > 0)
        growth.sites.push_back(std::move(grown));
    }
  }
  std::ranges::stable_sort(
      growth.sites, std::greater(), [](const GrownCallSite& site) {
        return std::tuple(site.AddedAllocs(), site.AddedBytes());
      });
  for (const std::string& warning : baseline.warnings)
    growth.warnings.push_back("baseline: " + warning);
  for (const std::string& warning : contender.warnings)
    growth.warnings.push_back("contender: " + warning);
  return growth;
}

}  // namespace opstat::compare
