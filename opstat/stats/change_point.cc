#include "opstat/stats/change_point.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "opstat/stats/energy_split.h"
#include "opstat/stats/normal.h"
#include "opstat/stats/serial_correlation.h"
#include "opstat/stats/summary.h"
#include "opstat/stats/u_tail.h"

namespace opstat::stats {
namespace {

using Values = std::span<const double>;
using Indexes = std::vector<std::size_t>;

// The merge judges strictly what the windows propose generously.
constexpr double kProposal = 10;
// The shortest last level that can be seen, provisionally.
constexpr std::size_t kShortestTail = 3;

// P(2U of the parts is as far from its mean), both tails.
double TwoSidedP(Values ranks, std::size_t split) {
  const auto n1 = std::int64_t(split);
  const auto n2 = std::int64_t(ranks.size() - split);
  double sum = 0;
  for (const double rank : ranks.subspan(split)) sum += rank;
  const std::int64_t two_u = std::int64_t(sum) - n2 * (n2 + 1);
  return 2 * UTail(int(n1), int(n2), std::min(two_u, 2 * n1 * n2 - two_u));
}

// What correlated neighbours leave of a p: its normal score is too large by
// the root of the inflation.
double Discounted(double p, double inflation) {
  if (inflation <= 1 || p >= 1) return std::min(p, 1.);
  return 2 * NormalCdf(NormalQuantile(p / 2) / std::sqrt(inflation));
}

// Where in [first, last] the step between the medians beside `at` lies, by the
// sum of absolute distances: ranks say that there is a step, but not how far
// the values beside it are from either level. The first of equals.
std::size_t Locate(Values x, std::size_t at, std::size_t first,
                   std::size_t last) {
  const double before = Median(x.first(at));
  const double after = Median(x.subspan(at));
  double sum = 0;
  double least = 0;
  std::size_t best = first;
  for (std::size_t t = first; t < last; ++t) {
    sum += std::abs(x[t] - before) - std::abs(x[t] - after);
    if (sum >= least) continue;
    least = sum;
    best = t + 1;
  }
  return best;
}

// Whether the gap between the parts is as wide as the wider of them: ranks of
// a dozen values cannot say how far apart they are.
bool Apart(Values x, std::size_t at) {
  const auto [low1, high1] = std::ranges::minmax(x.first(at));
  const auto [low2, high2] = std::ranges::minmax(x.subspan(at));
  const double gap = std::max(low2 - high1, low1 - high2);
  return gap > 0 && gap >= std::max(high1 - low1, high2 - low2);
}

class Finder {
 public:
  Finder(Values values, const ChangePointOptions& options)
      : values_(values),
        options_(options),
        correlation_(SerialCorrelation(values)) {}

  std::vector<ChangePoint> Find() {
    std::vector<ChangePoint> points = Merge(Propose());
    for (std::size_t i = 0; i < points.size(); ++i) Settle(points, i);
    const std::size_t recent =
        values_.size() - std::min(values_.size(), kProvisional);
    if (points.empty() || points.back().index < recent) AddTail(points);
    for (ChangePoint& point : points) point.firm = point.index < recent;
    return points;
  }

 private:
  // The p of values_[begin, at) and [at, end), chosen from so many splits.
  double P(std::size_t begin, std::size_t at, std::size_t end,
           std::size_t splits) const {
    const Values parts = values_.subspan(begin, end - begin);
    if (std::min(at - begin, end - at) >= kShortestTail &&
        Apart(parts, at - begin))
      return 0;
    const auto n1 = double(at - begin);
    const auto n2 = double(end - at);
    const auto ranks = DoubledRanks(parts);
    const double p = Discounted(TwoSidedP(ranks, at - begin),
                                VarianceInflation(correlation_, n1, n2));
    return std::min(1., p * double(splits));
  }

  static std::size_t Splits(std::size_t size) {
    return size + 1 - std::min(size, 2 * kShortestLevel);
  }

  void Divide(std::size_t begin, std::size_t end, Indexes& found) const {
    if (end - begin < 2 * kShortestLevel) return;
    const Values window = values_.subspan(begin, end - begin);
    const Split split = EnergySplit(DoubledRanks(window), kShortestLevel);
    const Values parts = window.first(split.end);
    const std::size_t at = begin + Locate(parts, split.at, kShortestLevel,
                                          parts.size() - kShortestLevel);
    if (P(begin, at, begin + split.end, Splits(window.size())) >
        kProposal * options_.level)
      return;
    Divide(begin, at, found);
    found.push_back(at);
    Divide(at, end, found);
  }

  Indexes Propose() const {
    Indexes proposed;
    const std::size_t step = options_.window / 2;
    for (std::size_t begin = 0; begin < values_.size();) {
      Indexes found;
      Divide(begin, std::min(begin + options_.window, values_.size()), found);
      begin = std::max(begin + step, found.empty() ? 0 : found.back());
      proposed.insert(proposed.end(), found.begin(), found.end());
    }
    std::ranges::sort(proposed);
    // clang 14 does not take libstdc++'s std::ranges::unique.
    proposed.erase(std::unique(proposed.begin(), proposed.end()),
                   proposed.end());
    return proposed;
  }

  // A point between the levels that begin and end there; of a longer level
  // only the window's length beside the point counts.
  ChangePoint Judge(std::size_t begin, std::size_t at, std::size_t end,
                    std::size_t splits = 0) const {
    begin = std::max(begin, at - std::min(at, options_.window));
    end = std::min(end, at + options_.window);
    const Values both = values_.subspan(begin, end - begin);
    const std::size_t n1 = at - begin;
    ChangePoint point{
        .index = at,
        .before = Median(both.first(n1)),
        .after = Median(both.subspan(n1)),
        .p = P(begin, at, end, splits > 0 ? splits : Splits(both.size()))};
    return point;
  }

  bool Holds(const ChangePoint& point) const {
    return point.p <= options_.level &&
           std::abs(point.after - point.before) >=
               options_.least_change * std::abs(point.before);
  }

  std::vector<ChangePoint> Merge(const Indexes& proposed) const {
    std::vector<ChangePoint> points;
    for (std::size_t at : proposed) points.push_back({.index = at});
    for (std::size_t i = 0; i < points.size(); ++i) Refresh(points, i);
    for (;;) {
      const auto weakest =
          std::ranges::max_element(points, {}, [&](const ChangePoint& point) {
            return std::pair(!Holds(point), point.p);
          });
      if (weakest == points.end() || Holds(*weakest)) return points;
      const auto i = std::size_t(points.erase(weakest) - points.begin());
      if (i > 0) Refresh(points, i - 1);
      if (i < points.size()) Refresh(points, i);
    }
  }

  std::size_t Begin(const std::vector<ChangePoint>& points,
                    std::size_t i) const {
    return i == 0 ? 0 : points[i - 1].index;
  }
  std::size_t End(const std::vector<ChangePoint>& points, std::size_t i) const {
    return i + 1 == points.size() ? values_.size() : points[i + 1].index;
  }

  void Refresh(std::vector<ChangePoint>& points, std::size_t i) const {
    points[i] = Judge(Begin(points, i), points[i].index, End(points, i));
  }

  // The window that proposed a point may have hidden its exact place.
  void Settle(std::vector<ChangePoint>& points, std::size_t i) const {
    const std::size_t at = points[i].index;
    const std::size_t begin =
        std::max(Begin(points, i), at - std::min(at, options_.window));
    const std::size_t end = std::min(End(points, i), at + options_.window);
    if (end - begin < 2 * kShortestLevel) return;
    const std::size_t shortest =
        end == values_.size() ? kShortestTail : kShortestLevel;
    points[i].index =
        begin + Locate(values_.subspan(begin, end - begin), at - begin,
                       kShortestLevel, end - begin - shortest);
    Refresh(points, i);
  }

  // A last level too short for the windows.
  void AddTail(std::vector<ChangePoint>& points) const {
    const std::size_t n = values_.size();
    const std::size_t begin = points.empty() ? 0 : points.back().index;
    if (n < begin + kShortestLevel + kProvisional) return;
    constexpr std::size_t kSplits = kProvisional - kShortestTail + 1;
    ChangePoint best{.p = 1};
    for (std::size_t at = n - kProvisional; at + kShortestTail <= n; ++at)
      if (const ChangePoint point = Judge(begin, at, n, kSplits);
          point.p < best.p)
        best = point;
    if (!Holds(best)) return;
    const std::size_t at =
        begin + Locate(values_.subspan(begin), best.index - begin,
                       n - kProvisional - begin, n - kShortestTail - begin);
    points.push_back(Judge(begin, at, n, kSplits));
  }

  Values values_;
  const ChangePointOptions& options_;
  double correlation_;
};

}  // namespace

std::vector<ChangePoint> FindChangePoints(Values values,
                                          const ChangePointOptions& options) {
  return Finder(values, options).Find();
}

}  // namespace opstat::stats
