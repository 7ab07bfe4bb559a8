// Any bytes, given to one reader (OPSTAT_READER): it returns runs that hold
// what its header promises, or throws Error. What was read once is written as
// JSON lines and must read back as the same.

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/format_readers.h"
#include "opstat/benchfmt/reader.h"
#include "opstat/benchfmt/run_builder.h"
#include "opstat/benchfmt/unit.h"
#include "opstat/benchfmt/utf8.h"
#include "opstat/benchfmt/writer.h"

namespace opstat::benchfmt {
namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

void CheckText(const std::string& text) { Check(ToValidUtf8(text) == text); }

void CheckMeasurement(const Measurement& measurement, std::size_t samples) {
  CheckText(measurement.unit);
  Check(!measurement.unit.empty());
  Check(measurement.values.size() == samples);
  const bool is_time =
      measurement.unit == kWallTime || measurement.unit == kCpuTime;
  for (const double value : measurement.values) {
    Check(!std::isinf(value));
    Check(!is_time || std::isnan(value) || value > 0);
  }
}

void CheckRun(const Run& run) {
  Check(!run.benchmarks.empty());
  for (const std::string& warning : run.warnings) CheckText(warning);
  for (const Benchmark& benchmark : run.benchmarks) {
    CheckText(benchmark.name);
    Check(!benchmark.name.empty() &&
          benchmark.name.size() <= RunBuilder::kMaxName);
    Check(benchmark.Samples() > 0);
    for (const Measurement& measurement : benchmark.measurements) {
      CheckMeasurement(measurement, benchmark.Samples());
    }
  }
  WriteGoBenchmark(run);
  WriteGoogleBenchmark(run);
}

// The readers of one run, and of several.
[[maybe_unused]] std::vector<Run> AsRuns(Run run) { return {std::move(run)}; }
[[maybe_unused]] std::vector<Run> AsRuns(std::vector<Run> runs) { return runs; }

void CheckBytes(std::string_view bytes) {
  std::vector<Run> runs = AsRuns(OPSTAT_READER(bytes, "fuzz"));
  for (Run& run : runs) {
    if (run.id.empty()) run.id = "1f";  // ReadRuns does
    CheckRun(run);
  }
  const std::string lines = WriteJsonLines(runs);
  Check(WriteJsonLines(ReadRuns(lines, "again")).size() >= lines.size());
}

}  // namespace
}  // namespace opstat::benchfmt

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  try {
    opstat::benchfmt::CheckBytes({reinterpret_cast<const char*>(data), size});
  } catch (const opstat::Error&) {
    // Refused, as it says.
    return 0;
  }
  return 0;
}
