#include "opstat/checkout/sides.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

#include "opstat/benchfmt/error.h"
#include "opstat/checkout/cmake_targets.h"
#include "opstat/checkout/snapshot.h"
#include "opstat/checkout/source_tree.h"
#include "opstat/measure/command_line.h"

namespace opstat::checkout {
namespace {

namespace fs = std::filesystem;

// A revision on its way to a folder.
struct Source {
  const char* side;  // "base", "head"
  Revision revision;
  BuildOptions build;
  // Of a changed work tree: holds the objects of its snapshot.
  std::optional<CacheEntry> scratch = {};

  std::string Describe() const {
    constexpr std::size_t kShortHash = 10;
    return fmt::format("{}, {} ({})", side, revision.label,
                       revision.commit.substr(0, kShortHash));
  }
};

Source Settle(const char* side, const Repository& repository,
              const BuildCache& cache, const Revision& revision,
              const BuildOptions& build) {
  Source source{side, revision, build};
  if (!revision.work_tree) return source;
  CacheEntry scratch = cache.Create();
  source.revision.commit = Snapshot(repository, scratch.folder());
  if (source.revision.commit != revision.commit)
    source.scratch.emplace(std::move(scratch));
  return source;
}

std::string KeyOf(const Repository& repository, const Source& source) {
  std::ifstream patterns(repository.GitPath("info/sparse-checkout"));
  const std::string origin =
      repository.common.string() + '\n' +
      std::string(std::istreambuf_iterator<char>(patterns), {});
  return BuildKey(source.revision.commit, origin, source.build);
}

// Writes the source tree and builds it, unless that was done before. What
// comes with a note is not kept: the user may follow the note.
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
    notes.push_back(fmt::format("{}: {}", source.side, note));
  return entry;
}

// The benchmark program's path, of a project that says nothing about it.
fs::path OnlyProgram(const fs::path& build) {
  const auto programs = BenchmarkPrograms(build);
  if (programs.size() == 1) return "{build}" / programs[0].path;
  std::string choices;
  for (const BenchmarkProgram& program : programs)
    choices +=
        fmt::format("\n  --program '{{build}}/{}'", program.path.string());
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

measure::Side MakeSide(const Source& source, const CacheEntry& entry,
                       const std::vector<std::string>& program) {
  measure::Side side{.label = source.revision.label,
                     .commit = source.revision.commit,
                     .source = entry.source(),
                     .build = entry.build(),
                     .argv = Fill(program, entry),
                     .environment = source.build.environment};
  if (side.argv[0].find('/') != std::string::npos && !fs::exists(side.argv[0]))
    throw Error(Failure::kCannotMeasure,
                fmt::format("the build of {} made no '{}'", source.Describe(),
                            side.argv[0]),
                "--program CMD says what to run, --build CMD what makes it");
  return side;
}

}  // namespace

Plan MakePlan(const Request& request) {
  const Repository repository = FindRepository(request.folder);
  const BuildCache cache(request.cache);
  const Revisions revisions =
      Resolve(repository, request.revisions, request.default_branch);
  const auto plan = [&](const char* name, const Revision& revision,
                        const BuildOptions& build) {
    const Source source = Settle(name, repository, cache, revision, build);
    return PlannedSide{
        .revision = source.revision,
        .build = build.command.empty() ? kCMakeBuild : build.command,
        .cached = cache.Find(KeyOf(repository, source)).has_value(),
        .changed = source.scratch.has_value()};
  };
  return {plan("base", revisions.base, request.base),
          plan("head", revisions.head, request.head)};
}

PreparedSides Prepare(const Request& request, const Tell& tell) {
  const Repository repository = FindRepository(request.folder);
  const BuildCache cache(request.cache);
  cache.Sweep();
  const Revisions revisions =
      Resolve(repository, request.revisions, request.default_branch);
  // The work tree first: what is edited during the builds does not count.
  Source head = Settle("head", repository, cache, revisions.head, request.head);
  Source base = Settle("base", repository, cache, revisions.base, request.base);

  PreparedSides sides;
  for (Source* source : {&base, &head})
    sides.entries.push_back(
        Obtain(repository, cache, *source, tell, sides.notes));
  const std::vector<std::string> program =
      request.program.empty()
          ? std::vector{OnlyProgram(sides.entries[1].build()).string()}
          : measure::SplitCommand(request.program);
  sides.base = MakeSide(base, sides.entries[0], program);
  sides.head = MakeSide(head, sides.entries[1], program);
  return sides;
}

}  // namespace opstat::checkout
