#include "opstat/cli/commit_builds.h"

#include <algorithm>
#include <utility>

namespace opstat::cli {

CommitBuilds::CommitBuilds(const std::string& good, const std::string& bad,
                           const Arguments& arguments, checkout::Tell tell)
    : repository_(checkout::FindRepository(".")),
      cache_(checkout::DefaultCacheRoot()),
      options_{.command = arguments.Text("build")},
      program_(arguments.Text("program")),
      tell_(std::move(tell)) {
  const checkout::Revisions ends =
      checkout::Resolve(repository_, {good, bad}, "");
  line_ = checkout::LineOfCommits(repository_, ends.base, ends.head);
  cache_.Sweep();
}

const measure::Side& CommitBuilds::Side(std::size_t commit) {
  auto found = built_.find(commit);
  if (found == built_.end())
    found = built_.emplace(commit, Build(commit)).first;
  return found->second.side;
}

CommitBuilds::Built CommitBuilds::Build(std::size_t commit) {
  const bool end = commit == 0 || commit + 1 == line_.size();
  checkout::Source source{.role = !end          ? "candidate"
                                  : commit == 0 ? "good"
                                                : "bad",
                          .revision = {.label = line_[commit].subject,
                                       .commit = line_[commit].hash},
                          .build = options_};
  checkout::CacheEntry entry =
      checkout::Obtain(repository_, cache_, source, tell_, notes_);
  if (words_.empty()) words_ = checkout::ProgramOf(program_, entry.build());
  measure::Side side = checkout::MakeSide(source, entry, words_);
  return {std::move(side), std::move(entry)};
}

void CommitBuilds::Release(std::span<const std::size_t> kept) {
  std::erase_if(built_, [&](const auto& item) {
    const std::size_t commit = item.first;
    return commit != 0 && commit + 1 != line_.size() &&
           std::ranges::count(kept, commit) == 0;
  });
}

std::vector<std::string> CommitBuilds::TakeNotes() {
  return std::exchange(notes_, {});
}

std::string ShortHash(const checkout::Commit& commit) {
  constexpr std::size_t kShortHash = 10;
  return commit.hash.substr(0, kShortHash);
}

}  // namespace opstat::cli
