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

std::map<std::string, std::string> CommitFacts() {
  std::map<std::string, std::string> facts;
  const auto hash = Git({"rev-parse", "--verify", "--quiet", "HEAD^{commit}"});
  if (!hash) return facts;
  facts["commit.hash"] = *hash;
  if (auto time = Git({"show", "-s", "--format=%cI", *hash}))
    facts["commit.time"] = *time;
  if (auto branch = Git({"symbolic-ref", "--quiet", "--short", "HEAD"}))
    facts["commit.branch"] = *branch;
  if (auto status = Git({"status", "--porcelain"}))
    facts["commit.dirty"] = status->empty() ? "false" : "true";
  return facts;
}

std::string GitRoot() {
  return Git({"rev-parse", "--show-toplevel"}).value_or("");
}

}  // namespace opstat::cli
