#include "opstat/checkout/git.h"

#include <fmt/format.h>

#include <utility>

#include "opstat/benchfmt/error.h"

namespace opstat::checkout {
namespace {

// Settings under which a command does what it says and nothing besides.
constexpr const char* kSettings[] = {
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    // A split index would leave its shared half in the user's repository.
    "core.splitIndex=false",
    "core.untrackedCache=false",
    "core.safecrlf=false",
    "checkout.workers=1",
    "submodule.recurse=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "protocol.allow=never",
};

std::string WithoutLastNewline(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

}  // namespace

Git::Git(std::filesystem::path folder, measure::Environment environment,
         std::vector<std::string> settings)
    : folder_(std::move(folder)),
      environment_(std::move(environment)),
      settings_(std::move(settings)) {}

measure::ChildResult Git::Call(
    const std::vector<std::string>& arguments) const {
  std::vector<std::string> argv = {"git", "--no-pager", "--no-optional-locks"};
  for (const char* setting : kSettings)
    argv.insert(argv.end(), {"-c", setting});
  for (const std::string& setting : settings_)
    argv.insert(argv.end(), {"-c", setting});
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  measure::Environment variables = {{"LC_ALL", "C"},
                                    {"GIT_TERMINAL_PROMPT", "0"}};
  variables.insert(variables.end(), environment_.begin(), environment_.end());
  return measure::RunChild({.argv = std::move(argv),
                            .environment = std::move(variables),
                            .output_limit = std::size_t{1} << 30,
                            .directory = folder_});
}

std::string Git::Run(const std::vector<std::string>& arguments) const {
  measure::ChildResult result = Call(arguments);
  if (!result.Succeeded())
    throw Error(Failure::kCannotMeasure,
                fmt::format("git {} in '{}': {}\n{}", fmt::join(arguments, " "),
                            folder_.string(), result.Describe(),
                            WithoutLastNewline(result.err)));
  return WithoutLastNewline(std::move(result.out));
}

std::optional<std::string> Git::Try(
    const std::vector<std::string>& arguments) const {
  measure::ChildResult result = Call(arguments);
  if (!result.Succeeded()) return std::nullopt;
  return WithoutLastNewline(std::move(result.out));
}

std::vector<std::string> SplitAtNul(const std::string& text) {
  std::vector<std::string> pieces;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\0', at), text.size());
    pieces.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return pieces;
}

}  // namespace opstat::checkout
