// Times the history in this process, and beside it what sqlite3 itself does.
//   store_time raw FILE ROWS            one-REAL rows, one transaction
//   store_time ingest FILE RUNS         of 100 benchmarks x 3 units x 12
//   samples store_time series FILE COUNT LAST   the last LAST runs of COUNT
//   series store_time wide FILE SERIES RUNS    runs of that many series, then
//   as series
// Prints numbers, one a line: see __main__.py.
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <random>
#include <stdexcept>

#include "opstat/store/history.h"

namespace {

using opstat::store::History;

constexpr int kSamples = 12;
constexpr const char* kUnits[] = {"sec/op", "B/op", "allocs/op"};

// Seconds of this process alone, and of the clock on the wall, since it was
// made.
class Stopwatch {
 public:
  double Cpu() const {
    return static_cast<double>(std::clock() - cpu_) / CLOCKS_PER_SEC;
  }
  double Wall() const {
    return std::chrono::duration<double>(Clock::now() - wall_).count();
  }

 private:
  using Clock = std::chrono::steady_clock;
  std::clock_t cpu_ = std::clock();
  Clock::time_point wall_ = Clock::now();
};

struct Seconds {
  double cpu = 0, wall = 0;
  void Add(const Stopwatch& watch) {
    cpu += watch.Cpu();
    wall += watch.Wall();
  }
};

double Random() {
  thread_local std::mt19937_64 generator(20261126);
  return std::uniform_real_distribution<double>()(generator);
}

void Remove(const std::string& path) {
  for (const char* end : {"", "-wal", "-shm"})
    std::filesystem::remove(path + end);
}

// Rows a second, by CPU time and by wall time.
void Raw(const std::string& path, int rows) {
  Remove(path);
  sqlite3* database = nullptr;
  sqlite3_stmt* insert = nullptr;
  sqlite3_open(path.c_str(), &database);
  sqlite3_exec(database,
               "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
               "CREATE TABLE t (v REAL); BEGIN",
               nullptr, nullptr, nullptr);
  sqlite3_prepare_v2(database, "INSERT INTO t VALUES (?)", -1, &insert,
                     nullptr);
  const Stopwatch watch;
  for (int row = 0; row < rows; ++row) {
    sqlite3_bind_double(insert, 1, Random());
    if (sqlite3_step(insert) != SQLITE_DONE) throw std::runtime_error("raw");
    sqlite3_reset(insert);
  }
  sqlite3_exec(database, "COMMIT", nullptr, nullptr, nullptr);
  fmt::print("{}\n{}\n", rows / watch.Cpu(), rows / watch.Wall());
  sqlite3_finalize(insert);
  sqlite3_close(database);
  Remove(path);
}

std::vector<double> Values(std::size_t unit, double scale) {
  std::vector<double> values(kSamples);
  for (double& value : values)
    value = unit == 0   ? 1e-7 * scale * (1 + .02 * Random())
            : unit == 1 ? 64 + static_cast<int>(3 * Random())
                        : 3;
  return values;
}

// What `opstat run` would store: facts and a schedule as they come.
opstat::benchfmt::Run MakeRun(int number, int benchmarks) {
  opstat::benchfmt::Run run;
  run.id = fmt::format("{:032x}", static_cast<unsigned>(number) * 2654435761U);
  run.time = fmt::format("2026-01-01T{:02}:{:02}:{:02}Z", number / 3600 % 24,
                         number / 60 % 60, number % 60);
  run.label = "my_bench";
  run.process_samples = true;
  run.session = run.id;
  run.facts = {{"host.name", "box"},
               {"host.cpu", "AMD EPYC 9B45"},
               {"build.compiler", "g++ 12.2.0"},
               {"build.flags", "-O2 -g -DNDEBUG -std=gnu++20"},
               {"commit.hash", fmt::format("{:040x}", number)},
               {"commit.time", run.time},
               {"commit.branch", "main"},
               {"program", "my_bench"}};
  for (int round = 0; round < kSamples; ++round) {
    std::vector<int> order(static_cast<std::size_t>(benchmarks));
    for (int place = 0; place < benchmarks; ++place)
      order[static_cast<std::size_t>(place)] = place;
    run.schedule.push_back(order);
  }
  for (int place = 0; place < benchmarks; ++place) {
    auto& benchmark = run.benchmarks.emplace_back();
    benchmark.name = fmt::format("Group{}/case:{:05}", place % 20, place);
    for (std::size_t unit = 0; unit < std::size(kUnits); ++unit)
      benchmark.measurements.push_back({kUnits[unit], Values(unit, 1 + place)});
  }
  return run;
}

opstat::store::Summary Summarize(
    const opstat::benchfmt::Measurement& measurement) {
  std::vector<double> sorted = measurement.values;
  std::sort(sorted.begin(), sorted.end());
  return {static_cast<std::int64_t>(sorted.size()), sorted[sorted.size() / 2],
          sorted[2], sorted[sorted.size() - 3]};
}

// What storing the runs took, each in a transaction of its own.
Seconds Ingest(const std::string& path, int first, int runs, int benchmarks) {
  Seconds seconds;
  History history(path, History::Mode::kReadWrite);
  for (int number = first; number < first + runs; ++number) {
    const auto run = MakeRun(number, benchmarks);
    const Stopwatch watch;
    history.Append(run, Summarize);
    seconds.Add(watch);
  }
  return seconds;
}

// Samples a second of the first million by CPU and by wall time, of the last
// million by CPU time; bytes a sample.
void IngestAll(const std::string& path, int runs) {
  constexpr int kBenchmarks = 100, kMillion = 278;
  constexpr double kRunSamples = kBenchmarks * 3 * kSamples;
  Remove(path);
  const Seconds first = Ingest(path, 1, kMillion, kBenchmarks);
  if (runs > 2 * kMillion)
    Ingest(path, 1 + kMillion, runs - 2 * kMillion, kBenchmarks);
  const Seconds last = Ingest(path, 1 + runs - kMillion, kMillion, kBenchmarks);
  fmt::print("{}\n{}\n{}\n{}\n", kMillion * kRunSamples / first.cpu,
             kMillion * kRunSamples / first.wall,
             kMillion * kRunSamples / last.cpu,
             static_cast<double>(std::filesystem::file_size(path)) /
                 (runs * kRunSamples));
}

// Milliseconds of CPU time a query.
void Series(const std::string& path, int count, int last) {
  History history(path, History::Mode::kReadOnly);
  for (int i = 0; i < count; ++i) {
    const std::string name = fmt::format("Group{}/case:{:05}", i % 20, i % 100);
    const Stopwatch watch;
    const auto found = history.Series(
        {.benchmark = [&](std::string_view other) { return other == name; },
         .units = {"sec/op"},
         .last = last});
    const double cpu = watch.Cpu();
    if (found.size() != 1) throw std::runtime_error("no such series");
    fmt::print("{}\n", 1e3 * cpu);
  }
}

void Wide(const std::string& path, int series, int runs) {
  Remove(path);
  Ingest(path, 1, runs, series / 3 + 1);
  History history(path, History::Mode::kReadOnly);
  for (int i = 0; i < 10; ++i) {
    const Stopwatch watch;
    std::size_t points = 0;
    for (const auto& one : history.Series({.last = runs}))
      points += one.points.size();
    fmt::print("{}\n", 1e3 * watch.Cpu());
    const auto all = std::int64_t{3} * (series / 3 + 1) * runs;
    if (static_cast<std::int64_t>(points) != all)
      throw std::runtime_error("points are missing");
  }
  Remove(path);
}

}  // namespace

int main(int count, char** words) {
  if (count < 4) return 2;
  const std::string what = words[1], path = words[2];
  const int size = std::atoi(words[3]);
  const int more = count > 4 ? std::atoi(words[4]) : 0;
  if (what == "raw") Raw(path, size);
  if (what == "ingest") IngestAll(path, size);
  if (what == "series") Series(path, size, more);
  if (what == "wide") Wide(path, size, more);
  return 0;
}
