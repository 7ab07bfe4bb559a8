#include "opstat/cli/git.h"

#include <optional>
#include <utility>
#include <vector>

#include "opstat/benchfmt/error.h"
#include "opstat/measure/child.h"

namespace opstat::cli {
namespace {

// What git prints, without the last newline; nothing when it fails or is
// absent.
std::optional<std::string> Git(std::vector<std::string> arguments) {
  // Without optional locks `status` does not rewrite the user's index.
  std::vector<std::string> argv = {"git", "--no-optional-locks"};
  for (std::string& argument : arguments) argv.push_back(std::move(argument));
  try {
    measure::ChildResult result = measure::RunChild({.argv = std::move(argv)});
    if (!result.Succeeded()) return std::nullopt;
    if (result.out.ends_with('\n')) result.out.pop_back();
    return std::move(result.out);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

std::optional<std::string> CommitHash(const std::string& revision) {
  if (revision.empty()) return std::nullopt;
  return Git({"rev-parse", "--verify", "--quiet", "--end-of-options",
              revision + "^{commit}"});
}

std::optional<std::string> CommitTime(const std::string& revision) {
  const auto hash = CommitHash(revision);
  return hash ? Git({"show", "-s", "--format=%cI", *hash}) : std::nullopt;
}

std::map<std::string, std::string> CommitFacts() {
  std::map<std::string, std::string> facts;
  const auto hash = CommitHash("HEAD");
  if (!hash) return facts;
  facts["commit.hash"] = *hash;
  if (auto time = CommitTime(*hash)) facts["commit.time"] = *time;
  if (auto branch = Git({"symbolic-ref", "--quiet", "--short", "HEAD"}))
    facts["commit.branch"] = *branch;
  if (auto status = Git({"status", "--porcelain"}))
    facts["commit.dirty"] = status->empty() ? "false" : "true";
  return facts;
}

std::string GitRoot() {
  return Git({"rev-parse", "--show-toplevel"}).value_or("");
}

std::string RemoteUrl() {
  return Git({"remote", "get-url", "origin"}).value_or("");
}

}  // namespace opstat::cli
