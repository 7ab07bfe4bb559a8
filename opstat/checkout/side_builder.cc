#include "opstat/checkout/side_builder.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <utility>

#include "opstat/benchfmt/error.h"
#include "opstat/checkout/cmake_targets.h"
#include "opstat/checkout/source_tree.h"
#include "opstat/measure/command_line.h"

namespace opstat::checkout {
namespace {

namespace fs = std::filesystem;

// The benchmark program's path, of a project that says nothing about it.
fs::path OnlyProgram(const fs::path& build) {
  const auto programs = BenchmarkPrograms(build);
  if (programs.size() == 1) return "{build}" / programs[0].path;
  std::string choices;
  for (const BenchmarkProgram& program : programs)
    choices += fmt::format("\n--program '{{build}}/{}'", program.path.string());
  throw Error(Failure::kUsage,
              programs.empty()
                  ? "which program to measure? None of CMake's targets links "
                    "Google Benchmark"
                  : "which program to measure? Several link Google Benchmark",
              choices.empty() ? "--program '{build}/path/of/the/program'"
                              : "choose one:" + choices);
}

std::vector<std::string> Fill(std::vector<std::string> argv,
                              const CacheEntry& entry) {
  for (std::string& word : argv)
    word = measure::FillFolders(word, entry.source(), entry.build());
  // A path is meant as in the build command: from the source folder.
  if (argv[0].find('/') != std::string::npos)
    argv[0] = (entry.source() / argv[0]).lexically_normal();
  return argv;
}

}  // namespace

std::string Source::Describe() const {
  constexpr std::size_t kShortHash = 10;
  return fmt::format("{}, {} ({})", role, revision.label,
                     revision.commit.substr(0, kShortHash));
}

std::string KeyOf(const Repository& repository, const Source& source) {
  std::ifstream patterns(repository.GitPath("info/sparse-checkout"));
  const std::string origin =
      repository.common.string() + '\n' +
      std::string(std::istreambuf_iterator<char>(patterns), {});
  return BuildKey(source.revision.commit, origin, source.build);
}

CacheEntry Obtain(const Repository& repository, const BuildCache& cache,
                  Source& source, const Tell& tell,
                  std::vector<std::string>& notes) {
  const std::string key = KeyOf(repository, source);
  if (auto found = cache.Find(key)) return *std::move(found);
  const bool changed = source.scratch.has_value();
  CacheEntry entry = changed ? *std::move(source.scratch) : cache.Create();
  tell("checking out " + source.Describe());
  const auto found =
      WriteSourceTree(repository, source.revision.commit, entry.source(),
                      changed ? entry.folder() / "objects" : fs::path());
  tell("building " + source.Describe());
  Build(source.Describe(), source.build, entry.source(), entry.build(),
        cache.LogFile(entry));
  if (found.empty()) entry.Finish(key);
  for (const std::string& note : found)
    notes.push_back(fmt::format("{}: {}", source.role, note));
  return entry;
}

std::vector<std::string> ProgramOf(const std::string& command,
                                   const fs::path& build) {
  return command.empty() ? std::vector{OnlyProgram(build).string()}
                         : measure::SplitCommand(command);
}

measure::Side MakeSide(const Source& source, const CacheEntry& entry,
                       const std::vector<std::string>& words) {
  measure::Side side{.label = source.revision.label,
                     .commit = source.revision.commit,
                     .facts = source.facts,
                     .source = entry.source(),
                     .build = entry.build(),
                     .argv = Fill(words, entry),
                     .environment = source.build.environment};
  if (side.argv[0].find('/') != std::string::npos && !fs::exists(side.argv[0]))
    throw Error(Failure::kCannotMeasure,
                fmt::format("the build of {} made no '{}'", source.Describe(),
                            side.argv[0]),
                "--program CMD says what to run, --build CMD what makes it");
  return side;
}

}  // namespace opstat::checkout
