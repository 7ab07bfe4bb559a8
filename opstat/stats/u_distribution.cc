#include "opstat/stats/u_distribution.h"

#include <algorithm>
#include <mutex>
#include <unordered_map>

namespace opstat::stats {
namespace {

// counts[j][u]: ways to give j of the values seen so far to the second sample
// such that its 2U against the rest of them is u * step. 2U is at most 2 j n1:
// the rows grow with j.
class Counts {
 public:
  Counts(int n1, int n2, int step)
      : n1_(n1), n2_(n2), step_(step), counts_(RowStart(n2 + 1)) {
    counts_[0] = 1;
  }

  // Adds `size` equal values, greater than all before: r of them to the second
  // sample win against its rivals before and tie with its rivals among them.
  // Descending j reads only what this group has not changed.
  void AddGroup(int size) {
    for (int j = std::min(n2_, seen_ + size); j > 0; --j) {
      double ways = 1;
      for (int r = 1; r <= std::min(size, j); ++r) {
        ways = ways * (size - r + 1) / r;
        Accumulate(j, r, size, ways);
      }
    }
    seen_ += size;
  }

  std::span<const double> Result() const {
    return std::span(counts_).subspan(RowStart(n2_));
  }

 private:
  // The rows before j hold 1 + 2 i n1 / step values each, i < j.
  std::size_t RowStart(int j) const {
    const auto rows = std::size_t(j);
    return rows + rows * (rows - 1) * std::size_t(n1_) / std::size_t(step_);
  }

  void Accumulate(int j, int r, int size, double ways) {
    const int before = j - r;
    const int rivals = seen_ - before;
    if (rivals < 0 || rivals > n1_ || rivals + size - r > n1_) return;
    const auto span = std::size_t(2) * std::size_t(before) *
                      std::size_t(rivals) / std::size_t(step_);
    const auto shift = (std::size_t(2 * r) * std::size_t(rivals) +
                        std::size_t(r) * std::size_t(size - r)) /
                       std::size_t(step_);
    const double* from = counts_.data() + RowStart(before);
    double* to = counts_.data() + RowStart(j) + shift;
    for (std::size_t u = 0; u <= span; ++u) to[u] += ways * from[u];
  }

  int n1_, n2_, step_;
  int seen_ = 0;
  std::vector<double> counts_;
};

// Distributions made so far. Emptied when large, so that a file with very many
// patterns of ties costs time and not memory.
class Memo {
 public:
  using Value = std::shared_ptr<const UDistribution>;

  Value Find(int n1, std::span<const int> ties) {
    const std::lock_guard lock(mutex_);
    const auto found = kept_.find(Pattern{n1, ties});
    return found == kept_.end() ? nullptr : found->second;
  }

  void Keep(int n1, std::span<const int> ties, const Value& value) {
    constexpr std::int64_t kMaxDoubles = 4 << 20;
    const std::lock_guard lock(mutex_);
    doubles_ += 2 * value->Largest() / value->Step();
    if (doubles_ > kMaxDoubles) {
      kept_.clear();
      doubles_ = 0;
    }
    kept_.emplace(Key{n1, {ties.begin(), ties.end()}}, value);
  }

 private:
  struct Key {
    int n1;
    std::vector<int> ties;
  };
  // A key that is asked for and not kept.
  struct Pattern {
    int n1;
    std::span<const int> ties;
  };
  struct Hash {
    using is_transparent = void;
    // The step of FNV-1a, a number at a time.
    std::size_t operator()(const auto& key) const {
      std::uint64_t hash = 0xCBF29CE484222325u ^ std::uint64_t(key.n1);
      for (const int size : key.ties) {
        hash = (hash ^ std::uint64_t(size)) * 0x100000001B3u;
      }
      return hash;
    }
  };
  struct Equal {
    using is_transparent = void;
    bool operator()(const auto& a, const auto& b) const {
      return a.n1 == b.n1 && std::ranges::equal(a.ties, b.ties);
    }
  };

  std::mutex mutex_;
  std::unordered_map<Key, Value, Hash, Equal> kept_;
  std::int64_t doubles_ = 0;
};

Memo& SharedMemo() {
  static Memo memo;
  return memo;
}

}  // namespace

UDistribution::UDistribution(int n1, int n2, std::span<const int> ties)
    : largest_(std::int64_t{2} * n1 * n2),
      step_(std::ranges::all_of(ties, [](int t) { return t == 1; }) ? 2 : 1) {
  // Counting is cheapest by the smaller sample; its 2U mirrors the other's.
  Counts counts(std::max(n1, n2), std::min(n1, n2), step_);
  for (int size : ties) counts.AddGroup(size);
  const std::span<const double> result = counts.Result();
  at_most_.assign(result.begin(), result.end());
  if (n1 < n2) std::ranges::reverse(at_most_);
  at_least_ = at_most_;
  for (std::size_t u = 1; u < at_most_.size(); ++u) {
    at_most_[u] += at_most_[u - 1];
    at_least_[at_least_.size() - 1 - u] += at_least_[at_least_.size() - u];
  }
  const double total = at_most_.back();
  for (double& p : at_most_) p /= total;
  for (double& p : at_least_) p /= total;
}

std::shared_ptr<const UDistribution> UDistribution::Of(
    int n1, int n2, std::span<const int> ties) {
  if (auto kept = SharedMemo().Find(n1, ties)) return kept;
  std::shared_ptr<const UDistribution> made(new UDistribution(n1, n2, ties));
  SharedMemo().Keep(n1, ties, made);
  return made;
}

std::shared_ptr<const UDistribution> UDistribution::Of(int n1, int n2) {
  return Of(n1, n2, std::vector<int>(std::size_t(n1) + std::size_t(n2), 1));
}

bool UDistribution::Feasible(std::int64_t n1, std::int64_t n2) {
  constexpr double kMaxSteps = 2e8;
  return double(n1) * double(n2) * double(n1 + n2) * double(std::min(n1, n2)) <=
         kMaxSteps;
}

double UDistribution::AtMost(std::int64_t two_u) const {
  if (two_u < 0) return 0;
  if (two_u >= largest_) return 1;
  return at_most_[std::size_t(two_u / step_)];
}

double UDistribution::AtLeast(std::int64_t two_u) const {
  if (two_u <= 0) return 1;
  if (two_u > largest_) return 0;
  return at_least_[std::size_t((two_u + step_ - 1) / step_)];
}

}  // namespace opstat::stats
