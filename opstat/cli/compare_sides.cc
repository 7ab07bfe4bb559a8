#include "opstat/cli/compare_sides.h"

#include "opstat/benchfmt/error.h"
#include "opstat/checkout/same_code.h"
#include "opstat/cli/command_sides.h"
#include "opstat/cli/git_sides.h"

namespace opstat::cli {
namespace {

CompareSides BuiltRevisions(const Arguments& arguments,
                            const checkout::Tell& tell) {
  const checkout::Request request = RevisionsRequest(arguments);
  checkout::PreparedSides prepared = checkout::Prepare(request, tell);
  CompareSides result;
  result.identical = prepared.base.commit == prepared.head.commit &&
                     request.base.command == request.head.command &&
                     request.base.environment == request.head.environment;
  result.sides = {std::move(prepared.base), std::move(prepared.head)};
  result.notes = std::move(prepared.notes);
  result.folders = std::move(prepared.entries);
  return result;
}

CompareSides Commands(const Arguments& arguments) {
  if (!arguments.positional().empty())
    throw Error(Failure::kUsage,
                "opstat compare: two revisions, or --base-cmd and --head-cmd, "
                "but not both",
                "opstat help compare");
  CompareSides result;
  result.sides = CommandSides(arguments);
  result.identical = result.sides[0].argv == result.sides[1].argv &&
                     result.sides[0].environment == result.sides[1].environment;
  return result;
}

}  // namespace

bool ComparesRevisions(const Arguments& arguments) {
  return !arguments.Has("base-cmd") && !arguments.Has("head-cmd");
}

CompareSides SidesOf(const Arguments& arguments, const checkout::Tell& tell) {
  CompareSides result = ComparesRevisions(arguments)
                            ? BuiltRevisions(arguments, tell)
                            : Commands(arguments);
  std::vector<measure::Side>& sides = result.sides;
  if (sides[0].label == sides[1].label) {
    sides[0].label += " (base)";
    sides[1].label += " (head)";
  }
  // Of one program twice the verdicts shall show the noise.
  if (!result.identical)
    result.same_code = checkout::SameCode(sides[0], sides[1]).same;
  return result;
}

}  // namespace opstat::cli
