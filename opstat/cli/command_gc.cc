#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <iostream>
#include <limits>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/time.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/database.h"
#include "opstat/cli/plural.h"
#include "opstat/measure/identity.h"
#include "opstat/store/history.h"

namespace opstat::cli {
namespace {

constexpr std::int64_t kMost = 1'000'000'000;

// Seconds of "90d", "12w", "1y"; of 365 days.
std::int64_t ParseAge(const std::string& text) {
  constexpr std::int64_t kDay = 86'400, kLongest = 1'000;
  std::int64_t count = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, count);
  const std::string_view unit(stop, end);
  const std::int64_t days = unit == "d"   ? 1
                            : unit == "w" ? 7
                            : unit == "y" ? 365
                                          : 0;
  if (error != std::errc() || days == 0 || count < 0 || count > kLongest * 365)
    throw Error(Failure::kUsage,
                fmt::format("--older-than takes an age as 90d, 12w or 1y, "
                            "not '{}'",
                            text));
  return count * days * kDay;
}

store::PruneRequest Request(const Arguments& arguments) {
  store::PruneRequest request;
  request.keep_runs = arguments.Integer("keep-runs", 0, kMost);
  request.before = std::numeric_limits<std::int64_t>::max();
  if (arguments.Has("older-than"))
    request.before = *benchfmt::UnixSeconds(measure::UtcNow()) -
                     ParseAge(arguments.Text("older-than"));
  else if (request.keep_runs == 0)
    throw Error(Failure::kUsage, "opstat gc: nothing says what may go",
                "opstat gc --older-than 90d, --keep-runs 500, or both");
  return request;
}

std::string Describe(const store::PrunePlan& plan, bool done) {
  std::string text =
      fmt::format("{} {} with {}", done ? "removed" : "would remove",
                  CountOf(plan.runs.size(), "run"),
                  CountOf(std::size_t(plan.samples), "sample"));
  if (plan.compared > 0)
    text += fmt::format("; the verdicts on {} of them stay", plan.compared);
  if (plan.tagged > 0)
    text += fmt::format("; {} kept for their tags", plan.tagged);
  if (plan.undated > 0)
    text += fmt::format("; {} kept, their time is unknown", plan.undated);
  return text + "\n";
}

bool Confirmed(const store::PrunePlan& plan, const Arguments& arguments,
               Streams& streams) {
  if (arguments.Has("yes")) return true;
  if (!streams.err_is_terminal || isatty(STDIN_FILENO) == 0)
    throw Error(Failure::kUsage, "opstat gc: nobody here to ask",
                "look first with --dry-run, then pass --yes");
  streams.err << Describe(plan, false)
              << "type yes to remove them: " << std::flush;
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "yes";
}

}  // namespace

int GcCommand(const Arguments& arguments, Streams& streams) {
  arguments.LimitPositional(0);
  const store::PruneRequest request = Request(arguments);
  const bool dry = arguments.Has("dry-run");
  store::History history(
      DatabasePath(arguments),
      dry ? store::History::Mode::kReadOnly : store::History::Mode::kReadWrite);
  const store::PrunePlan plan = history.PlanPruning(request);
  if (dry) {
    for (const std::string& run : plan.runs) streams.out << run << '\n';
    streams.err << Describe(plan, false);
  } else if (plan.runs.empty() || Confirmed(plan, arguments, streams)) {
    history.Prune(plan, measure::UtcNow());
    streams.err << Describe(plan, true);
  }
  return 0;
}

}  // namespace opstat::cli
