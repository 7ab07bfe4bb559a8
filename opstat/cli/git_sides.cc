#include "opstat/cli/git_sides.h"

#include <fmt/format.h>

#include "opstat/benchfmt/error.h"

namespace opstat::cli {
namespace {

checkout::BuildOptions Build(const Arguments& arguments,
                             const std::string& side) {
  const std::string own = arguments.Text(side + "-build");
  return {.command = own.empty() ? arguments.Text("build") : own,
          .environment = Variables(arguments, side + "-env")};
}

std::string SideText(const std::string& name,
                     const checkout::PlannedSide& side) {
  constexpr std::size_t kShortHash = 10;
  std::string text =
      fmt::format("{}     {} ({}{})\n", name, side.revision.label,
                  side.revision.commit.substr(0, kShortHash),
                  side.changed ? ", with uncommitted changes" : "");
  if (side.cached) return text + "  build  there already\n";
  return text + fmt::format("  build  {}\n", side.build);
}

}  // namespace

measure::Environment Variables(const Arguments& arguments,
                               std::string_view option) {
  measure::Environment variables;
  for (const std::string& text : arguments.All(option)) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
      throw Error(Failure::kUsage,
                  fmt::format("--{} '{}' sets no variable", option, text),
                  fmt::format("--{} NAME=VALUE", option));
    variables.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  return variables;
}

checkout::Request RevisionsRequest(const Arguments& arguments) {
  arguments.LimitPositional(2);
  return {.revisions = arguments.positional(),
          .default_branch = arguments.Text("default-branch"),
          .base = Build(arguments, "base"),
          .head = Build(arguments, "head"),
          .program = arguments.Text("program")};
}

std::string PlanText(const checkout::Plan& plan, const std::string& program) {
  return SideText("base", plan.base) + SideText("head", plan.head) +
         fmt::format(
             "program  {}\n",
             program.empty() ? "the one that links Google Benchmark" : program);
}

}  // namespace opstat::cli
