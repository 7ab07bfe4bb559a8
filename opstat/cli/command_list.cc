#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <limits>

#include "opstat/benchfmt/time.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/database.h"
#include "opstat/cli/render_json.h"
#include "opstat/cli/terminal.h"
#include "opstat/cli/text_table.h"

namespace opstat::cli {
namespace {

// As many digits as tell runs and commits apart in any history a person reads.
constexpr std::size_t kShownDigits = 12;

void Line(TextTable& table, const std::vector<std::string>& cells) {
  // The counts are numbers, the rest is text.
  constexpr std::size_t kFirstCount = 5, kLastCount = 6;
  table.NextRow();
  for (std::size_t i = 0;
       i < cells.size() && !(i > kLastCount && cells[i].empty()); ++i)
    table.Put(i, {.text = OneLine(cells[i]),
                  .align = i < kFirstCount || i > kLastCount ? Align::kLeft
                                                             : Align::kRight,
                  .margin = i == 0 ? "" : "  "});
}

// What is no time comes last.
std::int64_t OrderOf(const store::RunLine& run) {
  constexpr auto kNever = std::numeric_limits<std::int64_t>::min();
  return benchfmt::UnixSeconds(run.time).value_or(kNever);
}

// Programs write the time of a run in their own zones and ways.
std::string TimeText(const std::string& time) {
  const auto seconds = benchfmt::UnixSeconds(time);
  if (seconds) return benchfmt::UtcText(*seconds);
  return time.empty() ? "-" : time;
}

// They come in the order they were stored in: an import can be of any day.
std::vector<store::RunLine> Newest(std::vector<store::RunLine> runs,
                                   std::size_t limit) {
  std::ranges::stable_sort(runs, std::greater(), OrderOf);
  if (limit > 0) runs.resize(std::min(limit, runs.size()));
  return runs;
}

std::string Table(const std::vector<store::RunLine>& runs) {
  const bool tagged = std::ranges::any_of(
      runs, [](const auto& tags) { return !tags.empty(); },
      &store::RunLine::tags);
  TextTable table;
  Line(table, {"run", "time", "label", "commit", "host", "benchmarks",
               "samples", tagged ? "tags" : ""});
  for (const store::RunLine& run : runs)
    Line(table, {run.id.substr(0, kShownDigits), TimeText(run.time), run.label,
                 run.commit.substr(0, kShownDigits), run.host,
                 std::to_string(run.benchmarks), std::to_string(run.samples),
                 fmt::format("{}", fmt::join(run.tags, " "))});
  return table.Format();
}

}  // namespace

int ListCommand(const Arguments& arguments, Streams& streams) {
  arguments.LimitPositional(0);
  constexpr std::int64_t kMost = 1'000'000'000;
  const std::int64_t limit = arguments.Integer("limit", 0, kMost);
  store::History history(DatabasePath(arguments),
                         store::History::Mode::kReadOnly);
  const auto runs = Newest(history.List(), static_cast<std::size_t>(limit));
  if (arguments.Has("json"))
    streams.out << ListJson(runs) << '\n';
  else
    streams.out << Table(runs);
  return 0;
}

}  // namespace opstat::cli
