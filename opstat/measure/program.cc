#include "opstat/measure/program.h"

#include <fmt/format.h>

#include <regex>
#include <set>
#include <sstream>
#include <string_view>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/name.h"
#include "opstat/benchfmt/reader.h"
#include "opstat/benchfmt/repetitions.h"
#include "opstat/benchfmt/unit.h"
#include "opstat/measure/child.h"
#include "opstat/measure/result_file.h"

namespace opstat::measure {
namespace {

// Without what opstat's own harness and Google Benchmark say of themselves.
std::string OwnLines(const std::string& text) {
  std::istringstream lines(text);
  std::string own;
  for (std::string line; std::getline(lines, line);)
    if (!line.starts_with("opstat.") && !line.starts_with("***WARNING***"))
      own += line + '\n';
  return own;
}

// The end of what a program said: Google Benchmark's banner comes before it.
std::string LastLines(const std::string& text) {
  constexpr int kLines = 4;
  std::size_t start = text.find_last_not_of('\n');
  if (start == std::string::npos) return "";
  const std::size_t end = start + 1;
  for (int line = 0; line < kLines && start != std::string::npos; ++line)
    start = start == 0 ? std::string::npos : text.rfind('\n', start - 1);
  start = start == std::string::npos ? 0 : start + 1;
  return text.substr(start, end - start);
}

[[noreturn]] void Fail(const Program& program, const std::string& what,
                       const ChildResult& result) {
  const std::string limit = fmt::format(
      " of {:g} s (--time-limit SECONDS sets another)", program.time_limit);
  const std::string said = LastLines(OwnLines(result.err));
  throw Error(Failure::kCannotMeasure,
              fmt::format("{}: {}: {}{}", program.argv[0], what,
                          result.Describe(), result.timed_out ? limit : ""),
              said.empty() ? said : "it said: " + said);
}

void RefuseOwnedFlags(const Program& program) {
  static constexpr std::pair<std::string_view, std::string_view> kOwned[] = {
      {"--benchmark_min_time", "opstat run --min-time SECONDS"},
      {"--benchmark_repetitions", "opstat run --rounds N"},
      {"--benchmark_out", "opstat run --out FILE"}};
  for (const std::string& argument : program.argv)
    for (const auto& [flag, instead] : kOwned)
      if (argument.starts_with(flag))
        throw Error(Failure::kUsage,
                    fmt::format("{} is set by opstat itself", flag),
                    fmt::format("use {}", instead));
}

std::regex Compile(const std::string& filter) {
  try {
    return std::regex(filter);
  } catch (const std::regex_error& error) {
    throw Error(Failure::kUsage,
                fmt::format("--filter '{}' is not a regular expression: {}",
                            filter, error.what()));
  }
}

ChildResult Call(const Program& program, std::vector<std::string> flags,
                 const std::vector<int>& cpus) {
  ChildOptions options{.argv = program.argv,
                       .environment = program.environment,
                       .cpus = cpus,
                       .time_limit = program.time_limit};
  for (std::string& flag : flags) options.argv.push_back(std::move(flag));
  return RunChild(options);
}

void DropFirstOfTwo(benchfmt::Run& run) {
  for (benchfmt::Benchmark& benchmark : run.benchmarks)
    for (benchfmt::Measurement& measurement : benchmark.measurements)
      if (measurement.values.size() == 2)
        measurement.values.erase(measurement.values.begin());
}

std::string MinTime(const SampleOptions& options) {
  return options.iterations ? fmt::format("{}x", *options.iterations)
                            : fmt::format("{}", options.min_time);
}

}  // namespace

std::string EscapeRegex(const std::string& text) {
  static constexpr std::string_view kSpecial = R"(.[]{}()*+?^$|\)";
  std::string escaped;
  for (char c : text) {
    if (kSpecial.find(c) != std::string_view::npos) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

ChildResult CallToList(const Program& program, std::vector<std::string> flags) {
  flags.emplace_back("--benchmark_list_tests=true");
  return Call(program, std::move(flags), {});
}

std::vector<std::string> ListBenchmarks(const Program& program) {
  RefuseOwnedFlags(program);
  const ChildResult result = CallToList(program);
  if (!result.Succeeded()) Fail(program, "cannot list its benchmarks", result);

  constexpr std::size_t kMostBenchmarks = 100'000;
  std::vector<std::string> names;
  std::set<std::string> seen;
  std::istringstream lines(result.out);
  for (std::string line; std::getline(lines, line);)
    // Two benchmarks of one name cannot be told apart: they are one.
    if (!line.empty() && seen.insert(line).second) names.push_back(line);
  if (names.empty() || names.size() > kMostBenchmarks)
    throw Error(Failure::kCannotMeasure,
                fmt::format("{} lists {} benchmarks", program.argv[0],
                            names.empty() ? "no" : "more than 100,000"),
                "is it a Google Benchmark program? try it with "
                "--benchmark_list_tests");
  return names;
}

std::vector<std::string> Matching(std::vector<std::string> names,
                                  const std::string& filter) {
  const std::regex expression = Compile(filter);
  std::erase_if(names, [&](const std::string& name) {
    return !std::regex_search(name, expression);
  });
  return names;
}

std::vector<std::string> ListMatching(const Program& program,
                                      const std::string& filter) {
  const std::vector<std::string> names = ListBenchmarks(program);
  std::vector<std::string> matching = Matching(names, filter);
  if (matching.empty()) ThrowNothingMatches(program, filter, names.size());
  return matching;
}

void ThrowNothingMatches(const Program& program, const std::string& filter,
                         std::size_t listed) {
  throw Error(
      Failure::kCannotMeasure,
      fmt::format("--filter '{}' matches none of the {} benchmarks of {}",
                  filter, listed, program.argv[0]),
      fmt::format("{} --benchmark_list_tests shows their names",
                  program.argv[0]));
}

Sample MeasureOnce(const Program& program, const std::string& benchmark,
                   const SampleOptions& options) {
  const ResultFile file, report;
  Program reporting = program;
  reporting.environment.emplace_back("OPSTAT_REPORT", report.path());
  const ChildResult result =
      Call(reporting,
           {fmt::format("--benchmark_filter=^{}$", EscapeRegex(benchmark)),
            "--benchmark_min_time=" + MinTime(options),
            fmt::format("--benchmark_repetitions={}", options.twice ? 2 : 1),
            "--benchmark_out_format=json",
            fmt::format("--benchmark_out={}", file.path())},
           options.cpus);
  if (!result.Succeeded()) Fail(program, benchmark, result);
  try {
    Sample sample{benchfmt::ReadRun(file.Read(), "what it wrote"),
                  ParseHarnessReport(report.Read())};
    if (options.twice) DropFirstOfTwo(sample.run);
    benchfmt::MergeIntoOneSample(&sample.run);
    RestoreCounts(sample.report, &sample.run);
    if (sample.run.Find(benchmark) != nullptr) return sample;
  } catch (const Error& error) {
    throw Error(Failure::kCannotMeasure,
                fmt::format("{}: {} gave no sample: {}", program.argv[0],
                            benchmark, error.what()),
                error.hint());
  }
  throw Error(Failure::kCannotMeasure,
              fmt::format("{}: {} gave no sample", program.argv[0], benchmark));
}

bool WasCalledOnce(const benchfmt::Benchmark& benchmark) {
  if (!benchfmt::KeyValue(benchmark.name, "iterations").empty()) return true;
  const auto* iterations = benchmark.Find(benchfmt::kIterations);
  return iterations != nullptr && iterations->values.front() == 1;
}

}  // namespace opstat::measure
