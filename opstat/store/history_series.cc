// One unit through many runs, without its samples. Runs are walked from the
// newest on, and only as far back as it takes.
#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <tuple>
#include <unordered_map>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/time.h"
#include "opstat/benchfmt/unit.h"
#include "opstat/store/history.h"
#include "opstat/store/json.h"
#include "opstat/store/transaction.h"

namespace opstat::store {
namespace {

constexpr std::int64_t kEndOfTime = std::numeric_limits<std::int64_t>::max();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
// Runs looked at together.
constexpr std::int64_t kSmallestChunk = 64, kLargestChunk = 1024;

struct Run {
  std::int64_t key = 0;
  std::int64_t when = 0, measured = 0;  // seconds since 1970
  std::shared_ptr<const SeriesRun> facts;
};

// There are many: a pointer each, and no shared one.
struct Point {
  const Run* run;
  std::int64_t n;
  double median, low, high;
};

struct Series {
  std::int64_t key;
  std::string benchmark, unit;
  std::vector<Point> points;  // the newest first
};

// Throws for a text that is no time.
std::int64_t ParseSince(const std::string& since) {
  if (since.empty()) return std::numeric_limits<std::int64_t>::min();
  const auto seconds = benchfmt::UnixSeconds(since);
  if (!seconds)
    throw Error(Failure::kUsage, "'" + since + "' is no time",
                "write it as 2026-11-23 or 2026-11-23T10:20:30Z");
  return *seconds;
}

class SeriesReader {
 public:
  SeriesReader(Database& database, const SeriesQuery& query)
      : database_(database), query_(query), since_(ParseSince(query.since)) {
    first_ = FirstRun();
    FindSeries();
  }

  std::vector<SeriesHistory> Read() {
    std::int64_t before = kEndOfTime;
    while (wanted_ > 0 && before > first_) before = ReadChunk(before);
    std::vector<SeriesHistory> histories;
    for (Series& series : series_)
      if (!series.points.empty() && (query_.level_counts || !IsLevel(series)))
        histories.push_back(InOrder(series));
    return histories;
  }

 private:
  std::int64_t FirstRun() {
    if (query_.since_commit.empty()) return 0;
    Statement first(database_,
                    "SELECT min(id) FROM run"
                    " WHERE commit_hash >= $1"
                    " AND substr(commit_hash, 1, length($1)) = $1");
    first.Bind(query_.since_commit);
    if (first.Step() && !first.IsNull(0)) return first.Integer(0);
    throw Error(Failure::kBadData,
                "history " + database_.name() + " has no run of commit " +
                    query_.since_commit,
                "see the recorded runs: opstat list");
  }

  void FindSeries() {
    Statement rows(database_,
                   "SELECT id, benchmark, unit FROM series ORDER BY id");
    while (rows.Step()) {
      Series series{rows.Integer(0), rows.Text(1), rows.Text(2), {}};
      if (Wanted(series)) series_.push_back(std::move(series));
    }
    wanted_ = query_.last == 0 ? 0 : series_.size();
  }

  bool Wanted(const Series& series) const {
    return (query_.units.empty() ||
            std::ranges::count(query_.units, series.unit) > 0) &&
           (!query_.benchmark || query_.benchmark(series.benchmark));
  }

  // The runs before `before`, and their points; where to go on.
  std::int64_t ReadChunk(std::int64_t before) {
    const std::int64_t limit =
        query_.last < 0
            ? kLargestChunk
            : std::clamp(query_.last, kSmallestChunk, kLargestChunk);
    const auto [oldest, benchmarks] = ReadRuns(before, limit);
    // A look-up costs about as much as reading a benchmark's rows past.
    if (2 * static_cast<std::int64_t>(wanted_) < benchmarks) {
      for (const Series& series : series_)
        if (!Full(series)) ReadPoints(oldest, before, series.key, series.key);
    } else {
      ReadPoints(oldest, before, series_.front().key, series_.back().key);
    }
    return oldest;
  }

  std::pair<std::int64_t, std::int64_t> ReadRuns(std::int64_t before,
                                                 std::int64_t limit) {
    Statement rows(
        database_,
        std::string("SELECT id, uuid, time, commit_hash,"
                    " commit_time, branch, host, label, session, side,"
                    " benchmarks") +
            (query_.facts ? ", facts" : ", '{}'") +
            " FROM run WHERE id < $1 AND id >= $2 AND pruned IS NULL"
            " AND ($3 = '' OR branch = $3) AND ($4 = '' OR host = $4)"
            " ORDER BY id DESC LIMIT $5");
    rows.Bind(before, first_, query_.branch, query_.host, limit);
    std::int64_t oldest = 0, benchmarks = 0, found = 0;
    while (rows.Step()) {
      ++found;
      oldest = rows.Integer(0);
      benchmarks = std::max(benchmarks, rows.Integer(10));
      KeepRun(oldest, {rows.Text(1), rows.Text(2), rows.Text(3), rows.Text(4),
                       rows.Text(5), rows.Text(6), rows.Text(7), rows.Text(8),
                       rows.Text(9), FactsOf(rows.Text(11))});
    }
    return {found < limit ? first_ : oldest, benchmarks};
  }

  Facts FactsOf(const std::string& json) {
    auto facts = FactsFromJson(json);
    if (!facts) database_.Damaged("a run's facts");
    return *std::move(facts);
  }

  void KeepRun(std::int64_t key, SeriesRun facts) {
    const auto measured = benchfmt::UnixSeconds(facts.time);
    const auto committed = benchfmt::UnixSeconds(facts.commit_time);
    const std::int64_t when = committed.value_or(measured.value_or(0));
    if (when < since_) return;
    runs_[key] = {key, when, measured.value_or(0),
                  std::make_shared<const SeriesRun>(std::move(facts))};
  }

  void ReadPoints(std::int64_t oldest, std::int64_t before, std::int64_t from,
                  std::int64_t to) {
    // CROSS JOIN: SQLite keeps the order, and looks results up by (run,
    // series).
    Statement rows(
        database_,
        "SELECT run.id, series, n, median, low, high"
        " FROM run CROSS JOIN result"
        " WHERE result.run = run.id AND run.id >= $1 AND run.id < $2"
        " AND ($3 = '' OR branch = $3) AND ($4 = '' OR host = $4)"
        " AND series BETWEEN $5 AND $6 AND result.samples IS NOT NULL"
        " ORDER BY run.id DESC");
    rows.Bind(oldest, before, query_.branch, query_.host, from, to);
    const Run* run = nullptr;
    while (rows.Step()) {
      const std::int64_t key = rows.Integer(0);
      if (run == nullptr || run->key != key) run = RunOf(key);
      Series* series = SeriesOf(rows.Integer(1));
      if (run == nullptr || series == nullptr || Full(*series)) continue;
      series->points.push_back(
          {run, rows.Integer(2), rows.Real(3).value_or(kNaN),
           rows.Real(4).value_or(kNaN), rows.Real(5).value_or(kNaN)});
      if (Full(*series)) --wanted_;
    }
  }

  const Run* RunOf(std::int64_t key) const {
    const auto found = runs_.find(key);
    return found == runs_.end() ? nullptr : &found->second;
  }

  // Rows come in the order of their keys: the next one that is wanted is the
  // likely one, and what lies before it is not wanted.
  Series* SeriesOf(std::int64_t key) {
    const auto key_at = [&](std::size_t i) { return series_[i].key; };
    const bool after = next_ == 0 || key_at(next_ - 1) < key;
    if (!after || next_ == series_.size() || key_at(next_) < key)
      next_ = static_cast<std::size_t>(
          std::ranges::lower_bound(series_, key, {}, &Series::key) -
          series_.begin());
    if (next_ == series_.size() || key_at(next_) != key) return nullptr;
    return &series_[next_++];
  }

  bool Full(const Series& series) const {
    return query_.last >= 0 &&
           series.points.size() >= static_cast<std::size_t>(query_.last);
  }

  static bool IsLevel(const Series& series) {
    const auto bits = [](const Point& point) {
      return std::bit_cast<std::array<std::uint64_t, 3>>(
          std::array{point.median, point.low, point.high});
    };
    const auto first = bits(series.points.front());
    return !benchfmt::IsTime(series.unit) &&
           std::ranges::all_of(series.points, [&](const Point& point) {
             return bits(point) == first;
           });
  }

  static SeriesHistory InOrder(Series& series) {
    const auto time = [](const Point& point) {
      return std::tuple(point.run->when, point.run->measured, point.run->key);
    };
    std::ranges::reverse(series.points);
    if (!std::ranges::is_sorted(series.points, {}, time))
      std::ranges::sort(series.points, {}, time);
    SeriesHistory history{
        std::move(series.benchmark), std::move(series.unit), {}};
    history.points.reserve(series.points.size());
    for (const Point& point : series.points)
      history.points.push_back(
          {point.run->facts, point.n, point.median, point.low, point.high});
    return history;
  }

  Database& database_;
  const SeriesQuery& query_;
  std::int64_t since_, first_ = 0;
  std::vector<Series> series_;  // by key
  std::size_t next_ = 0;        // the likely one of the next row
  std::unordered_map<std::int64_t, Run> runs_;  // by key
  std::size_t wanted_ = 0;                      // series that take more points
};

}  // namespace

std::vector<SeriesHistory> History::Series(const SeriesQuery& query) {
  return InTransaction(*database_, Database::Access::kRead,
                       [&] { return SeriesReader(*database_, query).Read(); });
}

}  // namespace opstat::store
