#include "opstat/cli/gate_policy.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <optional>
#include <sstream>

#include "opstat/benchfmt/error.h"
#include "opstat/checkout/git.h"
#include "opstat/cli/accepted_changes.h"
#include "opstat/cli/compare_plan.h"
#include "opstat/cli/git.h"
#include "opstat/cli/measure_options.h"
#include "opstat/cli/policy_file.h"
#include "opstat/cli/terminal.h"
#include "opstat/measure/program.h"

namespace opstat::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFile = "opstat.toml";
constexpr std::array<std::string_view, 9> kOwnOptions = {
    "alpha", "must-see", "cannot-tell", "allow-no-baseline", "filter", "rounds",
    "quick", "budget",   "alloc"};

std::string Short(const std::string& commit) {
  constexpr std::size_t kShortHash = 10;
  return commit.substr(0, kShortHash);
}

// Of `folder` in the repository and those above it, as git writes paths.
std::optional<std::string> FileIn(const checkout::Git& git,
                                  const std::string& commit, fs::path folder) {
  for (;; folder = folder.parent_path()) {
    const std::string path = (folder / kFile).generic_string();
    if (auto text = git.Try({"cat-file", "blob", commit + ":" + path}))
      return text;
    if (folder.empty()) return std::nullopt;
  }
}

fs::path FolderInRepository() {
  const fs::path root = GitRoot();
  if (root.empty()) return {};
  const fs::path here = fs::current_path().lexically_relative(root);
  return here == "." ? fs::path() : here;
}

// A file's samples can be of a commit that is not here.
bool Knows(const checkout::Git& git, const std::string& commit) {
  return commit.find_first_not_of("0123456789abcdef") == std::string::npos &&
         git.Try({"cat-file", "-e", commit + "^{commit}"}).has_value();
}

// Newest first; git's own limit would do, but a stored judgement holds them.
std::vector<std::string> CommitsBetween(const std::string& base,
                                        const std::string& head) {
  const auto listed = checkout::Git(".").Try(
      {"rev-list", "--max-count=1000", "--end-of-options", base + ".." + head});
  std::vector<std::string> commits;
  std::istringstream lines(listed.value_or(""));
  for (std::string line; std::getline(lines, line);) commits.push_back(line);
  return commits;
}

std::string DifferenceNote(const std::string& base, const Settings& here) {
  const auto without_last_newline = [](std::string text) {
    if (text.ends_with('\n')) text.pop_back();
    return text;
  };
  if (without_last_newline(base) == without_last_newline(here.text()))
    return "";
  return "this checkout's opstat.toml differs: what it says about the policy "
         "counts when the base has it";
}

GatePolicy PolicyAt(const checkout::Git& git, const std::string& commit,
                    const Settings& here) {
  GatePolicy policy;
  policy.commit = commit;
  const auto text = FileIn(git, commit, FolderInRepository());
  if (text)
    policy.settings =
        Settings(*text, fmt::format("{}@{}", kFile, Short(commit)));
  policy.source = text ? fmt::format("{} of the base, {}", kFile, Short(commit))
                       : fmt::format("the defaults: the base, {}, has no {}",
                                     Short(commit), kFile);
  policy.note = DifferenceNote(text.value_or(""), here);
  return policy;
}

GatePolicy PolicyHere(const Settings& here) {
  GatePolicy policy;
  policy.settings = here;
  policy.source = here.name().empty()
                      ? fmt::format("the defaults: there is no {}", kFile)
                      : fmt::format(
                            "{} of this checkout: the base is no "
                            "commit that is known here",
                            here.name());
  return policy;
}

// What is wrong with an option that a file sets is said where it stands.
template <class Read>
void CheckOption(const Arguments& under, std::string_view option, Read read) {
  try {
    read();
  } catch (const Error& error) {
    const std::string origin = under.Origin(option);
    if (origin.find(':') == std::string::npos) throw;
    throw Error(error.failure(), fmt::format("{}: {}", origin, error.what()),
                "opstat help gate");
  }
}

void CheckOwnOptions(const Arguments& under) {
  CheckOption(under, "alpha", [&] { AlphaOf(under); });
  CheckOption(under, "must-see", [&] { MustSeeOf(under); });
  CheckOption(under, "rounds", [&] { RoundsOf(under); });
  CheckOption(under, "budget", [&] { BudgetOf(under); });
  for (const std::string_view option : {"cannot-tell", "alloc"})
    CheckOption(under, option, [&] { under.Choice(option); });
  CheckOption(under, "filter",
              [&] { measure::Matching({}, under.Text("filter")); });
}

GatePolicy Find(const Arguments& arguments, const std::string& base_commit) {
  if (const std::string file = arguments.Text("policy"); !file.empty()) {
    GatePolicy policy;
    policy.settings = Settings(fs::path(file));
    policy.source = file;
    return policy;
  }
  const checkout::Git git(".");
  if (!base_commit.empty() && Knows(git, base_commit))
    return PolicyAt(git, base_commit, arguments.settings());
  return PolicyHere(arguments.settings());
}

}  // namespace

GatePolicy PolicyOf(const Arguments& arguments,
                    const std::string& base_commit) {
  GatePolicy policy = Find(arguments, base_commit);
  // A mistake in them is known now, not after minutes of building.
  ParseRules(policy.settings.text(), policy.settings.name());
  ParseAcceptances(policy.settings.text(), policy.settings.name());
  CheckOwnOptions(Under(policy, arguments));
  return policy;
}

Arguments Under(const GatePolicy& policy, const Arguments& arguments) {
  return {arguments.command(), arguments.words(),
          arguments.settings().With(policy.settings, kOwnOptions)};
}

void Apply(const GatePolicy& policy, const Arguments& under,
           Judgement& judgement) {
  judgement.policy.source = policy.source;
  judgement.policy.cannot_tell_passes = under.Choice("cannot-tell") == "pass";
  judgement.policy.no_baseline_passes = under.Has("allow-no-baseline");
  judgement.TakeRules(policy.settings.text(), policy.settings.name());
  judgement.today = Today();
}

void TakeCommits(const std::string& base, const std::string& head,
                 Judgement& judgement) {
  if (!judgement.acceptances.empty() && !base.empty() && !head.empty())
    judgement.commits = CommitsBetween(base, head);
}

void TellPolicy(const GatePolicy& policy, const Arguments& arguments,
                Streams& streams) {
  if (arguments.Has("quiet")) return;
  streams.err << OneLine("policy: " + policy.source) << '\n';
  if (!policy.note.empty())
    streams.err << "warning: " << OneLine(policy.note) << '\n';
}

}  // namespace opstat::cli
