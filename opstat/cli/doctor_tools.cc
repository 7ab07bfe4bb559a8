#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>

#include "opstat/benchfmt/error.h"
#include "opstat/cli/doctor.h"
#include "opstat/cli/python.h"
#include "opstat/cli/terminal.h"
#include "opstat/measure/child.h"
#include "opstat/measure/counting.h"

namespace opstat::cli {
namespace {

using State = Check::State;
using Words = std::vector<std::string>;

constexpr double kTimeLimit = 20;

// What the tool left behind, or why it was not started as an exit code of -1.
measure::ChildResult Try(const Words& argv,
                         measure::Environment environment = {}) {
  try {
    return measure::RunChild({.argv = argv,
                              .environment = std::move(environment),
                              .time_limit = kTimeLimit});
  } catch (const Error& error) {
    measure::ChildResult failed;
    failed.err = error.what();
    return failed;
  }
}

std::string FirstLine(const std::string& text) {
  return OneLine(text.substr(0, text.find('\n')));
}

Check Tool(const char* name, const Words& argv, const char* without,
           const char* package) {
  const auto tried = Try(argv);
  if (tried.Succeeded()) return {name, State::kOk, FirstLine(tried.out)};
  return {name, State::kWarn,
          fmt::format("{}: {}", FirstLine(tried.err), without),
          fmt::format("sudo apt-get install {}", package)};
}

// Loaded into a program that does nothing, as it will be into benchmarks.
Check Shim() {
  const std::string name = "allocation shim";
  const std::filesystem::path shim = measure::FindShim();
  const std::string fix =
      "sudo apt-get install ./opstat_*.deb, or link opstat::harness";
  if (shim.empty())
    return {name, State::kWarn,
            "libopstat_preload.so is not beside this opstat: only programs "
            "linked with opstat::harness are counted",
            fix};
  const auto tried =
      Try({"true"}, {{"LD_PRELOAD", measure::LoadableName(shim)}});
  if (tried.Succeeded() && tried.err.empty())
    return {name, State::kOk, shim.string()};
  return {name, State::kWarn, "cannot be loaded: " + FirstLine(tried.err),
          "sudo apt-get install libbenchmark1debian"};
}

std::string Compiler() {
  const char* chosen = std::getenv("CXX");
  return chosen != nullptr && *chosen != '\0' ? chosen : "c++";
}

Check GoogleBenchmark() {
  const std::string name = "libbenchmark";
  const auto tried = Try({Compiler(), "-x", "c++", "-E", "-o", "/dev/null",
                          "-include", "benchmark/benchmark.h", "/dev/null"});
  if (tried.Succeeded())
    return {name, State::kOk, "benchmark/benchmark.h is found"};
  return {name, State::kWarn,
          "benchmark/benchmark.h is not found: no benchmark can be built",
          "sudo apt-get install libbenchmark-dev"};
}

Check Python() {
  const char* chosen = std::getenv("OPSTAT_PYTHON");
  const auto candidates = PythonCandidates(chosen != nullptr ? chosen : "");
  for (const std::string& python : candidates) {
    const auto tried =
        Try({python, "-c",
             "import jinja2, matplotlib; print('matplotlib', "
             "matplotlib.__version__, 'jinja2', jinja2.__version__)"});
    if (tried.Succeeded())
      return {"Python", State::kOk,
              fmt::format("{}: {}", python, FirstLine(tried.out))};
  }
  return {"Python", State::kWarn,
          fmt::format("no matplotlib and jinja2 in {}: reports have no plots",
                      fmt::join(candidates, ", ")),
          "sudo apt-get install python3-matplotlib python3-jinja2"};
}

}  // namespace

std::vector<Check> ToolChecks() {
  return {
      Shim(),
      Tool("compiler", {Compiler(), "--version"}, "compare cannot build",
           "g++"),
      Tool("linker", {"ld", "--version"}, "compare cannot build", "binutils"),
      Tool("CMake", {"cmake", "--version"},
           "compare builds only what --build says", "cmake"),
      GoogleBenchmark(),
      Python(),
      Tool("git", {"git", "--version"},
           "no commits in the history, compare takes programs only", "git")};
}

}  // namespace opstat::cli
