#include "opstat/checkout/line_of_commits.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "opstat/benchfmt/error.h"

namespace opstat::checkout {
namespace {

constexpr const char* kFormat = "--format=%H%n%P%n%an <%ae>%n%aI%n%s";

std::vector<std::string> Words(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

Commit ParseCommit(const std::string& text) {
  std::istringstream lines(text);
  Commit commit;
  std::string parents;
  std::getline(lines, commit.hash);
  std::getline(lines, parents);
  std::getline(lines, commit.author);
  std::getline(lines, commit.date);
  std::getline(lines, commit.subject);
  commit.parents = Words(parents);
  return commit;
}

std::vector<Commit> Log(const Git& git, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"log", "-z", "--no-show-signature",
                                       "--encoding=UTF-8", kFormat});
  std::vector<Commit> commits;
  for (const std::string& text : SplitAtNul(git.Run(arguments)))
    commits.push_back(ParseCommit(text));
  return commits;
}

[[noreturn]] void ThrowNoAncestor(const Repository& repository,
                                  const Revision& good, const Revision& bad) {
  const auto base =
      repository.git().Try({"merge-base", good.commit, bad.commit});
  if (base == bad.commit)
    throw Error(
        Failure::kUsage,
        fmt::format("GOOD and BAD are the wrong way round: '{}' comes "
                    "before '{}'",
                    bad.label, good.label),
        fmt::format("opstat bisect BENCHMARK {} {}", bad.label, good.label));
  throw Error(
      Failure::kUsage,
      fmt::format("'{}' is not an ancestor of '{}': there is no line of "
                  "commits from the one to the other",
                  good.label, bad.label),
      base ? fmt::format("where the two part: {}", *base)
      : repository.shallow
          ? "this clone is shallow; fetch its history: git fetch --unshallow"
          : "they have no common ancestor");
}

}  // namespace

std::vector<Commit> LineOfCommits(const Repository& repository,
                                  const Revision& good, const Revision& bad) {
  const Git git = repository.git();
  if (good.commit == bad.commit)
    throw Error(
        Failure::kUsage,
        fmt::format("'{}' and '{}' are one commit", good.label, bad.label),
        "opstat compare HEAD HEAD shows this machine's noise");
  if (!git.Try({"merge-base", "--is-ancestor", good.commit, bad.commit}))
    ThrowNoAncestor(repository, good, bad);
  const std::string range = good.commit + ".." + bad.commit;
  // Both limits at once would drop what first parents alone do not reach.
  const std::vector<std::string> after =
      Words(git.Run({"rev-list", "--ancestry-path", range}));
  const std::set<std::string> descendants(after.begin(), after.end());
  std::vector<Commit> line =
      Log(git, {"--first-parent", "--reverse", range, "--"});
  std::erase_if(line, [&](const Commit& commit) {
    return !descendants.contains(commit.hash);
  });
  line.insert(line.begin(), Log(git, {"-1", good.commit, "--"}).front());
  return line;
}

}  // namespace opstat::checkout
