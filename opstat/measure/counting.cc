#include "opstat/measure/counting.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <optional>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/unit.h"
#include "opstat/measure/result_file.h"

namespace opstat::measure {
namespace {

namespace fs = std::filesystem;

constexpr const char* kShimName = "libopstat_preload.so";

// What the program would have preloaded anyway.
std::string OtherPreloads(const Program& program) {
  const char* inherited = std::getenv("LD_PRELOAD");
  std::string others = inherited ? inherited : "";
  for (const auto& [name, value] : program.environment)
    if (name == "LD_PRELOAD") others = value;
  return others.empty() ? "" : ":" + others;
}

// First of the preloaded, so that it counts what the others allocate too and
// forwards to an allocator among them.
Program Preloaded(const Program& program, const fs::path& shim) {
  Program with = program;
  with.environment.emplace_back("LD_PRELOAD",
                                LoadableName(shim) + OtherPreloads(program));
  return with;
}

std::string WhyNot(const HarnessReport::Verdict& verdict) {
  const auto& [word, detail] = verdict;
  const std::string link = "; link it with opstat::harness";
  if (word == "unknown-library")
    return fmt::format(
        "uses {}, another libbenchmark than this opstat was built for{}",
        detail, link);
  if (word == "miscounts" || word == "no-library")
    return fmt::format("has an allocator of its own: {} is not counted",
                       detail);
  if (word == "sanitizer") return "is built with a sanitizer" + link;
  return "";
}

Counting Judge(const Program& program, const fs::path& shim,
               const std::optional<HarnessReport::Verdict>& verdict) {
  using How = Counting::How;
  if (!verdict)
    return {How::kNot, program,
            "did not load libopstat_preload.so: a static executable, or one "
            "with special rights; link it with opstat::harness"};
  if (verdict->word == "linked") return {How::kInLoop, program};
  if (verdict->word == "counts")
    return {How::kInLoop, Preloaded(program, shim)};
  if (verdict->word == "no-library" && verdict->detail.empty())
    return {How::kByDifference, Preloaded(program, shim)};
  return {How::kNot, program, WhyNot(*verdict)};
}

// The largest power of ten that, with its double, is less than `iterations`.
std::int64_t FixedIterations(double iterations) {
  constexpr std::int64_t kMost = 100'000;
  std::int64_t n = 1;
  while (n < kMost && 30.0 * static_cast<double>(n) < iterations) n *= 10;
  return n;
}

struct FixedRun {
  double iterations;
  ProcessTotals totals;
};

FixedRun MeasureFixed(const Program& program, const std::string& benchmark,
                      SampleOptions options, std::int64_t iterations) {
  options.iterations = iterations;
  const Sample sample = MeasureOnce(program, benchmark, options);
  if (!sample.report.totals)
    throw Error(Failure::kCannotMeasure,
                "its processes do not come to a normal end");
  return {sample.run.Find(benchmark)->Find(benchfmt::kIterations)->values[0],
          *sample.report.totals};
}

}  // namespace

fs::path FindShim() {
  std::error_code ignored;
  const fs::path here =
      fs::read_symlink("/proc/self/exe", ignored).parent_path();
  for (const char* folder : {"../lib", OPSTAT_LIBRARY_FOLDER}) {
    fs::path shim = fs::weakly_canonical(here / folder / kShimName, ignored);
    if (fs::exists(shim, ignored)) return shim;
  }
  return {};
}

// A name that LD_PRELOAD can hold: it separates by spaces and colons, and has
// no way to escape one. The descriptor stays open as long as children may
// start.
std::string LoadableName(const fs::path& shim) {
  if (shim.string().find_first_of(" :") == std::string::npos)
    return shim.string();
  static const int file = open(shim.c_str(), O_RDONLY | O_CLOEXEC);
  return fmt::format("/proc/{}/fd/{}", getpid(), file);
}

Counting FindOutCounting(const Program& program) {
  const fs::path shim = FindShim();
  if (shim.empty())
    return {Counting::How::kNot, program,
            fmt::format("can be counted only if it was linked with "
                        "opstat::harness: {} is missing",
                        kShimName)};
  const ResultFile file;
  Program with = Preloaded(program, shim);
  with.environment.emplace_back("OPSTAT_REPORT", file.path());
  const ChildResult listed = CallToList(with);
  if (!listed.Succeeded())
    return {Counting::How::kNot, program,
            fmt::format("does not run with {} ({}): {}", kShimName,
                        listed.Describe(),
                        listed.err.substr(0, listed.err.find('\n')))};
  Counting counting =
      Judge(program, shim, ParseHarnessReport(file.Read()).verdict);
  if (counting.how == Counting::How::kByDifference &&
      !CallToList(program, {"--benchmark_min_time=1x"}).Succeeded())
    return {Counting::How::kNot, program,
            "has no shared libbenchmark, and one of its own that cannot fix "
            "the iterations (1.8 or newer can); link it with opstat::harness"};
  return counting;
}

DifferencePerOp CountByDifference(const Program& with_shim,
                                  const std::string& benchmark,
                                  double iterations,
                                  const SampleOptions& options) {
  const std::int64_t n = FixedIterations(iterations);
  const FixedRun once = MeasureFixed(with_shim, benchmark, options, n);
  const FixedRun twice = MeasureFixed(with_shim, benchmark, options, 2 * n);
  const double more = twice.iterations - once.iterations;
  // With threads, all of their iterations are reported.
  if (more <= 0 || once.iterations != more ||
      std::fmod(more, static_cast<double>(n)) != 0)
    throw Error(Failure::kCannotMeasure,
                fmt::format("{}: its source fixes the iterations or the time",
                            benchmark));
  return {(twice.totals.allocs - once.totals.allocs) / more,
          (twice.totals.bytes - once.totals.bytes) / more,
          (twice.totals.frees - once.totals.frees) / more};
}

}  // namespace opstat::measure
