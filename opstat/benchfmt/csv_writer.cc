#include <fmt/format.h>

#include <cmath>
#include <string>

#include "opstat/benchfmt/csv.h"
#include "opstat/benchfmt/writer.h"

namespace opstat::benchfmt {

std::string CsvField(std::string_view text) {
  const bool plain = text.find_first_of(",\"\r\n") == std::string_view::npos;
  if (plain) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string CsvNumber(double value) {
  return std::isfinite(value) ? fmt::format("{}", value) : std::string();
}

namespace {

std::string Lines(const Run& run) {
  std::string about;
  for (const std::string_view text :
       {std::string_view(run.id), std::string_view(run.time),
        std::string_view(run.label), run.Fact("commit.hash")}) {
    about += CsvField(text) + ",";
  }
  std::string lines;
  for (const Benchmark& benchmark : run.benchmarks) {
    for (const Measurement& measurement : benchmark.measurements) {
      const std::string series = about + CsvField(benchmark.name) + "," +
                                 CsvField(measurement.unit) + ",";
      for (std::size_t i = 0; i < measurement.values.size(); ++i) {
        lines += series + std::to_string(i) + "," +
                 CsvNumber(measurement.values[i]) + "\n";
      }
    }
  }
  return lines;
}

}  // namespace

std::string WriteCsv(std::span<const Run> runs) {
  std::string lines = "run,time,label,commit,benchmark,unit,sample,value\n";
  for (const Run& run : runs) lines += Lines(run);
  return lines;
}

}  // namespace opstat::benchfmt
