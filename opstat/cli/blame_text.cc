#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "opstat/cli/blame.h"
#include "opstat/cli/terminal.h"
#include "opstat/cli/text_table.h"

namespace opstat::cli {
namespace {

namespace fs = std::filesystem;

using benchfmt::CallPath;
using benchfmt::CallSite;
using benchfmt::CallSites;
using benchfmt::Frame;
using benchfmt::SiteCounts;
using compare::CallSiteGrowth;
using compare::GrownCallSite;

std::string Count(double count) {
  return count == std::round(count) ? fmt::format("{:.0f}", count)
                                    : fmt::format("{:.4g}", count);
}

// Relative to here for a file below here.
std::string PathText(const std::string& path) {
  std::error_code error;
  const std::string relative =
      fs::path(path).lexically_relative(fs::current_path(error)).string();
  return relative.empty() || relative.starts_with("..") ? path : relative;
}

std::string FrameText(const Frame& frame) {
  const std::string place =
      frame.line != 0
          ? fmt::format("{}:{}", PathText(frame.file), frame.line)
          : fmt::format("{}+{:#x}", PathText(frame.module), frame.offset);
  return EscapeForTerminal(frame.function.empty()
                               ? place
                               : fmt::format("{}  {}", frame.function, place));
}

std::string Certainty(int processes, const std::vector<std::string>& warnings) {
  return fmt::format("({}n={})", warnings.empty() ? "exact " : "", processes);
}

// Columns of counts, then the site and below it who called it.
class SiteTable {
 public:
  using Cells = std::vector<std::string>;

  explicit SiteTable(const Cells& headings) { Row(headings, "call site"); }

  void Add(const Cells& counts, const CallSite& site) {
    constexpr std::size_t kMostPaths = 3;
    columns_ = counts.size();
    Row(counts, FrameText(site.frame));
    const std::size_t shown = std::min(site.paths.size(), kMostPaths);
    for (std::size_t i = 0; i < shown; ++i)
      AddPath(site.paths[i], site.paths.size() > 1);
    if (shown < site.paths.size())
      Note(fmt::format("other paths: {}, see --json",
                       site.paths.size() - shown));
  }

  void Row(const Cells& counts, const std::string& text) {
    table_.NextRow();
    for (std::size_t i = 0; i < counts.size(); ++i)
      table_.Put(i,
                 {.text = counts[i], .align = Align::kRight, .margin = "  "});
    table_.Put(counts.size(), {.text = text, .margin = "  "});
  }

  std::string Format() const { return "\n" + table_.Format(); }

 private:
  void Note(const std::string& text) { Row(Cells(columns_), "  " + text); }

  void AddPath(const CallPath& path, bool one_of_several) {
    if (one_of_several)
      Note(fmt::format(
          "{} of them, {} B",
          Count(path.counts.allocs_per_op + path.counts.one_time_allocs),
          Count(path.counts.bytes_per_op + path.counts.one_time_bytes)));
    for (std::size_t i = 1; i < path.frames.size(); ++i)
      Note((one_of_several ? "  from " : "from ") + FrameText(path.frames[i]));
  }

  TextTable table_;
  std::size_t columns_ = 0;
};

std::string EveryIteration(const CallSites& found) {
  SiteTable table({"allocs/op", "B/op"});
  for (const CallSite& site : found.sites)
    if (site.counts.allocs_per_op > 0)
      table.Add(
          {Count(site.counts.allocs_per_op), Count(site.counts.bytes_per_op)},
          site);
  const SiteCounts rest = benchfmt::Unattributed(found);
  if (rest.allocs_per_op > 0)
    table.Row({Count(rest.allocs_per_op), Count(rest.bytes_per_op)},
              "(not attributed)");
  return table.Format();
}

std::string OnceACall(const CallSites& found) {
  SiteTable table({"one-time", "B"});
  for (const CallSite& site : found.sites)
    if (site.counts.one_time_allocs > 0)
      table.Add({Count(site.counts.one_time_allocs),
                 Count(site.counts.one_time_bytes)},
                site);
  return table.Format();
}

std::string Change(double before, double after) {
  return before == after ? Count(after)
                         : fmt::format("{} → {}", Count(before), Count(after));
}

// What sites that shrank or went take off the growth of the others.
std::string Elsewhere(const CallSiteGrowth& growth) {
  double allocs =
      growth.contender.allocs_per_op - growth.baseline.allocs_per_op;
  double bytes = growth.contender.bytes_per_op - growth.baseline.bytes_per_op;
  for (const GrownCallSite& site : growth.sites) {
    allocs -= site.AddedAllocs();
    bytes -= site.AddedBytes();
  }
  return allocs == 0 && bytes == 0
             ? ""
             : fmt::format("\n  elsewhere: {:+g} allocs/op, {:+g} B/op\n",
                           allocs, bytes);
}

}  // namespace

std::string BlameText(const CallSites& found) {
  const SiteCounts& counts = found.counts;
  std::string text = fmt::format(
      "{}: {} allocs/op, {} B/op {}\n", EscapeForTerminal(found.benchmark),
      Count(counts.allocs_per_op), Count(counts.bytes_per_op),
      Certainty(found.processes, found.warnings));
  if (counts.allocs_per_op > 0) text += EveryIteration(found);
  if (counts.one_time_allocs > 0) text += OnceACall(found);
  return text;
}

std::string BlameText(const CallSiteGrowth& growth) {
  std::string text = fmt::format(
      "{}: {} allocs/op, {} B/op {}\n", EscapeForTerminal(growth.benchmark),
      Change(growth.baseline.allocs_per_op, growth.contender.allocs_per_op),
      Change(growth.baseline.bytes_per_op, growth.contender.bytes_per_op),
      Certainty(growth.processes, growth.warnings));
  if (growth.sites.empty()) return text + "  no call site is new or grew\n";
  SiteTable table({"allocs/op", "B/op", ""});
  for (const GrownCallSite& site : growth.sites) {
    const SiteCounts before =
        site.baseline ? site.baseline->counts : SiteCounts();
    const SiteCounts& after = site.contender.counts;
    table.Add({Change(before.allocs_per_op, after.allocs_per_op),
               Change(before.bytes_per_op, after.bytes_per_op),
               site.baseline ? "grew" : "new"},
              site.contender);
  }
  return text + table.Format() + Elsewhere(growth);
}

}  // namespace opstat::cli
