#include "opstat/checkout/build.h"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string_view>

#include "opstat/benchfmt/content_id.h"
#include "opstat/benchfmt/error.h"
#include "opstat/checkout/cmake_targets.h"
#include "opstat/checkout/orphans.h"
#include "opstat/measure/child.h"
#include "opstat/measure/command_line.h"

namespace opstat::checkout {

namespace fs = std::filesystem;

const char* const kCMakeBuild =
    "cmake -S {source} -B {build} -DCMAKE_BUILD_TYPE=Release && "
    "cmake --build {build} --parallel $(nproc)";

namespace {

constexpr std::string_view kBuildVariables[] = {
    "CC", "CXX", "CFLAGS", "CXXFLAGS", "CPPFLAGS", "LDFLAGS"};

bool ChangesBuilds(std::string_view variable) {
  for (std::string_view known : kBuildVariables)
    if (variable == known) return true;
  return variable.starts_with("CMAKE_");
}

measure::Environment BuildVariables() {
  measure::Environment found;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::size_t equals = text.find('=');
    if (ChangesBuilds(text.substr(0, equals)))
      found.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  return found;
}

std::string CompilerVersion(const std::string& command) {
  try {
    std::vector<std::string> argv = measure::SplitCommand(command);
    argv.emplace_back("--version");
    return measure::RunChild({.argv = std::move(argv)}).out;
  } catch (const Error&) {
    return "";  // no compiler of that name: the build says what it needs
  }
}

std::string LastLines(const fs::path& path, int lines) {
  std::ifstream file(path, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  std::size_t from = text.find_last_not_of('\n');
  while (lines-- > 0 && from != std::string::npos && from > 0)
    from = text.rfind('\n', from - 1);
  return text.substr(from == std::string::npos ? 0 : from);
}

}  // namespace

std::string BuildKey(const std::string& commit, const std::string& origin,
                     const BuildOptions& options) {
  measure::Environment variables = BuildVariables();
  variables.insert(variables.end(), options.environment.begin(),
                   options.environment.end());
  std::string text = fmt::format("{}\n{}\n", origin, options.command);
  std::string c = "cc", cxx = "c++";
  for (const auto& [name, value] : variables) {
    text += fmt::format("{}={}\n", name, value);
    if (name == "CC") c = value;
    if (name == "CXX") cxx = value;
  }
  text += CompilerVersion(c) + CompilerVersion(cxx);
  return commit + ' ' + benchfmt::ContentId(text);
}

void Build(const std::string& side, const BuildOptions& options,
           const fs::path& source, const fs::path& build, const fs::path& log) {
  fs::create_directories(build);
  AskForTargets(build);
  const std::string command = measure::FillFolders(
      options.command.empty() ? kCMakeBuild : options.command, source, build);
  measure::Environment environment = options.environment;
  environment.emplace_back(kBuildVariable, build);
  const measure::ChildResult result =
      measure::RunChild({.argv = {"sh", "-c", command},
                         .environment = std::move(environment),
                         .directory = source,
                         .log = log});
  if (result.Succeeded()) return;
  constexpr int kShownLines = 20;
  throw Error(
      Failure::kCannotMeasure,
      fmt::format("cannot build {}: {}\n{}\n{}", side, result.Describe(),
                  command, LastLines(log, kShownLines)),
      fmt::format("the whole log: {}{}", log.string(),
                  options.command.empty()
                      ? "\nbuilt another way: --build CMD, and --program CMD; "
                        "opstat init keeps them in an opstat.toml"
                      : ""));
}

}  // namespace opstat::checkout
