#include "opstat/benchfmt/signature.h"

#include <algorithm>
#include <string>

#include "opstat/benchfmt/error.h"

namespace opstat::benchfmt {
namespace {

using namespace std::string_view_literals;

struct Signature {
  std::string_view start;  ///< what it begins with; "": anything
  std::string_view holds;  ///< what its first 64 KiB hold; "": anything
  std::string_view also;   ///< and this
  std::string_view looks_like;
  std::string_view hint;
};

constexpr auto kWriteJson =
    "run the program with --benchmark_out=FILE --benchmark_out_format=json"sv;
constexpr auto kSamplesOnly =
    "samples are needed: Google Benchmark JSON, Go benchmark text or hyperfine "
    "JSON"sv;

// The first that fits counts.
constexpr Signature kSignatures[] = {
    {"SQLite format 3\0"sv, "", "", "an SQLite database",
     "export a run from it: opstat export --format gbench --db FILE"},
    {"\x1f\x8b", "", "", "a gzip file",
     "pipe it in: gunzip -c FILE | opstat ... -"},
    {"\xfd"
     "7zXZ",
     "", "", "an xz file", "pipe it in: xzcat FILE | opstat ... -"},
    {"\x28\xb5\x2f\xfd", "", "", "a zstd file",
     "pipe it in: zstdcat FILE | opstat ... -"},
    {"PK\x03\x04", "", "", "a zip archive",
     "pipe it in: unzip -p FILE | opstat ... -"},
    {"\xff\xfe", "", "", "UTF-16 text", "convert it: iconv -f UTF-16 -t UTF-8"},
    {"\x7f"
     "ELF",
     "", "", "a program", "opstat run -- PROGRAM measures it"},
    {"PERFILE2", "", "", "a recording of perf", kSamplesOnly},
    {"", "Performance counter stats for", "", "the output of perf stat",
     kSamplesOnly},
    {"{", "\"Action\":", "\"Package\":", "go test -json",
     "run go test without -json"},
    {"{", "opstat.compare/", "", "a comparison of opstat, not samples",
     kSamplesOnly},
    {"{", "opstat.report/", "", "a report of opstat, not samples",
     kSamplesOnly},
    {"{", "\"machine_info\"", "\"stats\"", "pytest-benchmark JSON",
     kSamplesOnly},
    {"{", "\"median_abs_dev\"", "", "Criterion's estimates", kSamplesOnly},
    {"{", "\"sampling_mode\"", "\"iters\"", "Criterion's samples",
     kSamplesOnly},
    {"{", "\"metadata\"", "\"runs\"", "pyperf JSON", kSamplesOnly},
    {"{", "\"HostEnvironmentInfo\"", "", "BenchmarkDotNet JSON", kSamplesOnly},
    {"{", "median(elapsed)", "", "nanobench JSON", kSamplesOnly},
    {"[", "\"jmhVersion\"", "", "JMH JSON", kSamplesOnly},
    {"[", "\"measurements\"", "\"real_time_other\"",
     "a dump of Google Benchmark's compare.py", kWriteJson},
    {"[", "\"unit\"", "\"value\"", "github-action-benchmark JSON",
     kSamplesOnly},
    {"<", "<testsuite", "", "JUnit XML", kSamplesOnly},
    {"<", "Catch", "<BenchmarkResults", "Catch2 XML", kSamplesOnly},
    {"{", "", "", "JSON of another program", kWriteJson},
    {"[", "", "", "a JSON array", kWriteJson},
    {"<", "", "", "HTML or XML", kSamplesOnly},
    {"", "real_time,cpu_time,time_unit", "", "Google Benchmark's CSV",
     kWriteJson},
    {"", "Iterations", "-----", "Google Benchmark's console output",
     kWriteJson},
    {"", "sec/op", "\xe2\x94\x82", "benchstat's table",
     "give the files that benchstat was given"},
};

bool Fits(const Signature& signature, std::string_view head) {
  const auto holds = [head](std::string_view part) {
    return head.find(part) != std::string_view::npos;
  };
  return head.starts_with(signature.start) && holds(signature.holds) &&
         holds(signature.also);
}

[[noreturn]] void Fail(std::string_view origin, std::string_view what,
                       std::string_view hint) {
  throw Error(Failure::kBadData, std::string(origin) + ": " + std::string(what),
              std::string(hint));
}

// As many commas in the second line as in the first.
bool LooksLikeCsv(std::string_view text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return false;
  const std::string_view rest = text.substr(end + 1);
  const auto commas = std::ranges::count(text.substr(0, end), ',');
  return commas > 0 &&
         commas == std::ranges::count(rest.substr(0, rest.find('\n')), ',');
}

}  // namespace

void FailUnknownFormat(std::string_view bytes, std::string_view origin) {
  constexpr std::size_t kHead = 64 << 10;
  const std::size_t start = bytes.find_first_not_of(" \t\r\n");
  const std::string_view head =
      bytes.substr(std::min(start, bytes.size()), kHead);
  for (const Signature& signature : kSignatures) {
    if (!Fits(signature, head)) continue;
    Fail(origin, "this looks like " + std::string(signature.looks_like),
         signature.hint);
  }
  if (LooksLikeCsv(head)) Fail(origin, "this looks like CSV", kSamplesOnly);
  Fail(origin, "not a format that opstat knows", kSamplesOnly);
}

}  // namespace opstat::benchfmt
