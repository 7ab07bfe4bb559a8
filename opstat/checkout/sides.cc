#include "opstat/checkout/sides.h"

#include <map>
#include <utility>

#include "opstat/checkout/snapshot.h"

namespace opstat::checkout {
namespace {

// Uncommitted changes have the time of the commit they are changes of.
std::map<std::string, std::string> FactsOf(const Repository& repository,
                                           const Revision& revision) {
  std::map<std::string, std::string> facts = {{"commit.dirty", "false"}};
  if (const auto time =
          repository.git().Try({"show", "-s", "--format=%cI", revision.commit}))
    facts["commit.time"] = *time;
  if (!revision.branch.empty()) facts["commit.branch"] = revision.branch;
  return facts;
}

Source Settle(const char* side, const Repository& repository,
              const BuildCache& cache, const Revision& revision,
              const BuildOptions& build) {
  Source source{side, revision, build, {}, FactsOf(repository, revision)};
  if (!revision.work_tree) return source;
  CacheEntry scratch = cache.Create();
  source.revision.commit = Snapshot(repository, scratch.folder());
  if (source.revision.commit != revision.commit) {
    source.scratch.emplace(std::move(scratch));
    source.facts["commit.dirty"] = "true";
  }
  return source;
}

}  // namespace

Plan MakePlan(const Request& request) {
  const Repository repository = FindRepository(request.folder);
  const BuildCache cache(request.cache);
  const Revisions revisions =
      Resolve(repository, request.revisions, request.default_branch);
  std::vector<CacheEntry> held;  // one commit twice takes two builds
  const auto plan = [&](const char* name, const Revision& revision,
                        const BuildOptions& build) {
    const Source source = Settle(name, repository, cache, revision, build);
    auto found = cache.Find(KeyOf(repository, source));
    const bool cached = found.has_value();
    if (cached) held.push_back(*std::move(found));
    return PlannedSide{
        .revision = source.revision,
        .build = build.command.empty() ? kCMakeBuild : build.command,
        .cached = cached,
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
      ProgramOf(request.program, sides.entries[1].build());
  sides.base = MakeSide(base, sides.entries[0], program);
  sides.head = MakeSide(head, sides.entries[1], program);
  return sides;
}

}  // namespace opstat::checkout
