#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "opstat/benchfmt/error.h"
#include "opstat/cli/accepted_changes.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/database.h"
#include "opstat/cli/git.h"
#include "opstat/cli/history_json.h"
#include "opstat/cli/history_text.h"
#include "opstat/cli/sparkline.h"
#include "opstat/cli/terminal.h"
#include "opstat/cli/trends.h"

namespace opstat::cli {
namespace {

using compare::Acceptance;
using compare::Trend;

TrendQuery QueryOf(const Arguments& arguments) {
  constexpr std::int64_t kMost = 1'000'000'000;
  arguments.LimitPositional(1);
  const std::int64_t limit = arguments.Integer("limit", 0, kMost);
  return {.pattern = arguments.positional().empty()
                         ? ""
                         : arguments.positional().front(),
          .unit = arguments.Text("unit"),
          .branch = arguments.Text("branch"),
          .since = arguments.Text("since"),
          .control = arguments.Text("control"),
          .last = limit == 0 ? -1 : limit};
}

// A point of the run (by its tag or id) or commit that the user named.
class Reference {
 public:
  Reference(store::History& history, const std::string& named)
      : named_(named), commit_(CommitHash(named).value_or(named)) {
    if (const auto tagged = history.Tagged(named))
      run_ = commit_ = tagged->id;
    else
      run_ = named;
  }

  std::optional<std::size_t> operator()(const Trend& trend) const {
    if (named_.empty()) return 0;
    for (std::size_t i = trend.points.size(); i-- > 0;) {
      const benchfmt::Run& run = *trend.points[i].run;
      if (run.id.starts_with(run_) ||
          run.Fact("commit.hash").starts_with(commit_))
        return i;
    }
    return std::nullopt;
  }

  // Throws where no series has such a point.
  void Check(const std::vector<Trend>& trends) const {
    if (std::ranges::any_of(trends, [&](const Trend& trend) {
          return (*this)(trend).has_value();
        }))
      return;
    throw Error(
        Failure::kBadData,
        fmt::format("no run, tag or commit '{}' among these points", named_),
        "see the recorded runs: opstat list; --limit 0 goes further "
        "back");
  }

 private:
  std::string named_, run_, commit_;
};

void AcceptAll(std::vector<Trend>& trends,
               std::span<const Acceptance> acceptances, std::ostream& err) {
  const std::string today = Today();
  std::vector<const Acceptance*> used;
  for (Trend& trend : trends) {
    const auto matched = compare::Accept(trend, acceptances, today);
    used.insert(used.end(), matched.begin(), matched.end());
  }
  for (const std::string& idle :
       compare::IdleAcceptances(acceptances, used, today))
    err << "warning: " << OneLine(idle) << '\n';
}

}  // namespace

int HistoryCommand(const Arguments& arguments, Streams& streams) {
  const TrendQuery query = QueryOf(arguments);
  const auto acceptances = ParseAcceptances(arguments.settings().text(),
                                            arguments.settings().name());
  store::History history(DatabasePath(arguments),
                         store::History::Mode::kReadOnly);
  std::vector<Trend> trends = ReadTrends(history, query);
  AcceptAll(trends, acceptances, streams.err);
  const Reference reference(history, arguments.Text("against"));
  if (trends.empty() && !arguments.Has("quiet"))
    streams.err << "no series in the history is like that\n"
                   "hint: opstat history shows all, opstat list the runs\n";
  if (!trends.empty()) reference.Check(trends);
  if (arguments.Has("json"))
    streams.out << HistoryJson(trends) << '\n';
  else if (!trends.empty())
    streams.out << HistoryText(trends,
                               {.color = UseColor(arguments, streams),
                                .ascii = !LocaleIsUtf8(),
                                .change_points = arguments.Has("change-points"),
                                .reference = reference});
  return 0;
}

}  // namespace opstat::cli
