#include "opstat/measure/call_sites.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/unit.h"
#include "opstat/measure/last_calls.h"
#include "opstat/measure/recording.h"
#include "opstat/measure/result_file.h"
#include "opstat/measure/symbolizer.h"
#include "opstat/measure/user_frames.h"

namespace opstat::measure {
namespace {

using benchfmt::CallSite;
using benchfmt::CallSites;
using benchfmt::Frame;
using benchfmt::SiteCounts;

// What tells places apart. A compiler makes copies of code: all of it on one
// line, or without lines in one function, is one place.
using Place =
    std::tuple<std::string, std::string, std::string, int, std::uint64_t>;

Place PlaceOf(const Frame& frame) {
  return {frame.module, frame.function, frame.file, frame.line,
          frame.function.empty() ? frame.offset : 0};
}

template <class T>
void SortByCounts(std::vector<T>& places) {
  std::ranges::stable_sort(places, std::greater(), [](const T& place) {
    const SiteCounts& counts = place.counts;
    return std::tuple(counts.allocs_per_op, counts.bytes_per_op,
                      counts.one_time_allocs, counts.one_time_bytes);
  });
}

struct CountedPath {
  std::vector<Frame> frames;
  CallCounts counts;
};
using PathsByPlaces = std::map<std::vector<Place>, CountedPath>;

PathsByPlaces Symbolize(const LastCalls& calls, const std::string& maps) {
  Symbolizer symbolizer(maps);
  PathsByPlaces paths;
  for (const auto& [addresses, counts] : calls.CountStacks()) {
    std::vector<Symbol> symbols;
    for (const std::uint64_t address : addresses)
      std::ranges::copy(symbolizer.Symbolize(address),
                        std::back_inserter(symbols));
    std::vector<Frame> frames = UserFrames(symbols);
    std::vector<Place> places;
    std::ranges::transform(frames, std::back_inserter(places), PlaceOf);
    CountedPath& path = paths[places];
    path.frames = std::move(frames);
    path.counts += counts;
  }
  return paths;
}

std::vector<CallSite> GroupByPlace(PathsByPlaces paths,
                                   const LastCalls& calls) {
  std::map<Place, CallSite> sites;
  std::map<Place, CallCounts> counts;
  for (auto& [places, path] : paths) {
    if (path.counts.last.allocs == 0) continue;
    counts[places.front()] += path.counts;
    CallSite& site = sites[places.front()];
    site.frame = path.frames.front();
    site.paths.push_back(
        {std::move(path.frames), calls.PerIteration(path.counts)});
  }
  std::vector<CallSite> grouped;
  for (auto& [place, site] : sites) {
    site.counts = calls.PerIteration(counts[place]);
    SortByCounts(site.paths);
    grouped.push_back(std::move(site));
  }
  SortByCounts(grouped);
  return grouped;
}

std::vector<std::string> ModulesWithoutLines(
    const std::vector<CallSite>& sites) {
  std::set<std::string> modules;
  for (const CallSite& site : sites)
    if (site.frame.line == 0) modules.insert(site.frame.module);
  return {modules.begin(), modules.end()};
}

double Counted(const benchfmt::Benchmark& benchmark, std::string_view unit) {
  const benchfmt::Measurement* measurement = benchmark.Find(unit);
  return measurement == nullptr ? 0 : measurement->values.front();
}

SiteCounts CountedInAll(const benchfmt::Benchmark& benchmark) {
  return {.allocs_per_op = Counted(benchmark, benchfmt::kAllocs),
          .bytes_per_op = Counted(benchmark, benchfmt::kBytes),
          .one_time_allocs = Counted(benchmark, benchfmt::kOneTimeAllocs),
          .one_time_bytes = Counted(benchmark, benchfmt::kOneTimeBytes)};
}

[[noreturn]] void ThrowUnrecorded(const Program& program,
                                  const std::string& benchmark,
                                  const benchfmt::Run& run) {
  const std::string_view why = run.Fact("alloc");
  throw Error(
      Failure::kCannotMeasure,
      fmt::format("{}: no call sites of {} were recorded{}{}", program.argv[0],
                  benchmark, why.empty() ? "" : ": ", why),
      "link the program with opstat::harness, without a sanitizer");
}

// Twice: the first call of a process may warm it up, and only a second one
// tells when the library would call but once.
CallSites MeasureInOneProcess(const Program& program,
                              const std::string& benchmark,
                              const CallSiteOptions& options) {
  const ResultFile file;
  Program recorded = program;
  recorded.environment.emplace_back("OPSTAT_CALL_SITES", file.path());
  const Sample sample = MeasureOnce(
      recorded, benchmark, {.min_time = options.min_time, .twice = true});
  const Recording recording = ReadRecording(file.Read());
  if (recording.calls.empty()) ThrowUnrecorded(program, benchmark, sample.run);
  CallSites found;
  found.benchmark = benchmark;
  found.counts = CountedInAll(*sample.run.Find(benchmark));
  const LastCalls calls(recording, found.counts.one_time_allocs > 0 ||
                                       found.counts.one_time_bytes > 0);
  found.sites = GroupByPlace(Symbolize(calls, recording.maps), calls);
  found.modules_without_lines = ModulesWithoutLines(found.sites);
  return found;
}

}  // namespace

CallSites MeasureCallSites(const Program& program, const std::string& benchmark,
                           const CallSiteOptions& options) {
  std::vector<CallSites> processes;
  for (int i = 0; i < options.processes; ++i)
    processes.push_back(MeasureInOneProcess(program, benchmark, options));
  const auto [few, many] = std::ranges::minmax_element(
      processes, {}, [](const CallSites& s) { return s.counts.allocs_per_op; });
  const double low = few->counts.allocs_per_op;
  CallSites found = std::move(*many);
  found.processes = options.processes;
  if (low != found.counts.allocs_per_op)
    found.warnings.push_back(fmt::format(
        "processes differ: {:g} to {:g} allocs/op; these are the sites of the "
        "one with most",
        low, found.counts.allocs_per_op));
  return found;
}

}  // namespace opstat::measure
