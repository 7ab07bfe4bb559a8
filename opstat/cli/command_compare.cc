#include <fmt/format.h>

#include <memory>

#include "opstat/benchfmt/content_id.h"
#include "opstat/benchfmt/error.h"
#include "opstat/cli/blame.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/compare_plan.h"
#include "opstat/cli/compare_session.h"
#include "opstat/cli/database.h"
#include "opstat/cli/git_sides.h"
#include "opstat/cli/output_file.h"
#include "opstat/cli/progress.h"
#include "opstat/cli/pull_request.h"
#include "opstat/cli/record.h"
#include "opstat/cli/render_json.h"
#include "opstat/cli/render_text.h"
#include "opstat/cli/sort_rows.h"
#include "opstat/cli/summary_line.h"
#include "opstat/cli/terminal.h"
#include "opstat/cli/unrecorded.h"
#include "opstat/store/history.h"

namespace opstat::cli {
namespace {

constexpr int kInterruptedCode = 130;

std::string Sides(const SessionHeader& header) {
  std::string text;
  for (const measure::Side& side : header.sides) {
    text += text.empty() ? "baseline: " : "contender:";
    for (const auto& [name, value] : side.environment)
      text += fmt::format(" {}={}", name, value);
    text += OneLine(fmt::format(" {}", fmt::join(side.argv, " ")));
    text += '\n';
  }
  return text;
}

std::string StageText(const SpooledStage& stage) {
  if (stage.kind == SpooledStage::Kind::kScreen) return "";
  return OneLine(fmt::format("{} more rounds of {}", stage.stage.rounds,
                             fmt::join(stage.stage.benchmarks, ", "))) +
         '\n';
}

int Interrupted(const Spool& spool, Streams& streams) {
  streams.err << (spool.HasSamples()
                      ? fmt::format("opstat: interrupted; the samples finished "
                                    "by then are kept: opstat compare --resume "
                                    "{}\n",
                                    spool.header().id.substr(0, 12))
                      : "opstat: interrupted before the first sample\n");
  return kInterruptedCode;
}

void MarkIdentical(std::vector<benchfmt::Run>& runs) {
  for (benchfmt::Run& run : runs) run.facts[store::kIdenticalFact] = "true";
}

// The same samples judged alike are the same comparison. Gives its id; "" when
// there is nothing to store.
std::string Store(const std::vector<benchfmt::Run>& runs,
                  const compare::Comparison& comparison,
                  const Judgement& judgement, const std::string& database) {
  if (comparison.rows.empty()) return "";
  std::string id = benchfmt::ContentId(runs[0].id + judgement.Text());
  try {
    StoreOrKeep(runs, database, [&] {
      Record(runs, comparison, judgement.Text(), id, database);
    });
  } catch (const Error& error) {
    throw Error(
        error.failure(), error.what(),
        error.hint() + "\n  or judge them again: opstat compare --resume");
  }
  return id;
}

std::string StoredText(const std::string& id, bool identical) {
  return fmt::format("{}stored: opstat show {}\n",
                     identical ? "the same program twice: recorded as this "
                                 "machine's noise, which tau takes from ten "
                                 "such comparisons on\n"
                               : "",
                     id.substr(0, 12));
}

void Print(const compare::Comparison& comparison, const Arguments& arguments,
           Streams& streams) {
  for (const std::string& warning : comparison.warnings)
    streams.err << "warning: " << OneLine(warning) << '\n';
  if (arguments.Has("json"))
    streams.out << ComparisonJson(comparison, arguments.Has("samples")) << '\n';
  else
    streams.out << RenderText(comparison,
                              {.color = UseColor(arguments, streams),
                               .all_units = arguments.Has("all-units"),
                               .only_changed = arguments.Has("only-changed")});
}

int ExitCode(const std::vector<std::string>& failures,
             const compare::Comparison& comparison, const Arguments& arguments,
             Streams& streams) {
  for (const std::string& failure : failures)
    streams.err << "opstat: " << OneLine(failure) << '\n';
  if (!failures.empty() || comparison.rows.empty())
    return static_cast<int>(Failure::kCannotMeasure);
  if (!arguments.Has("exit-code")) return 0;
  streams.err << OutcomeText(comparison.outcome);
  return comparison.outcome;
}

bool IsNew(const Arguments& arguments) {
  return !arguments.Has("resume") && !arguments.Has("more");
}

CompareSides NewSides(const Arguments& arguments, Streams& streams,
                      bool quiet) {
  CompareSides sides = SidesOf(arguments, [&](const std::string& step) {
    if (!quiet) streams.err << OneLine(step) << '\n';
  });
  for (const std::string& note : sides.notes)
    streams.err << "warning: " << OneLine(note) << '\n';
  return sides;
}

// True when all is built, so that what would be run can be told as well.
bool ShowBuilds(const Arguments& arguments, Streams& streams) {
  const checkout::Plan plan = checkout::MakePlan(RevisionsRequest(arguments));
  streams.out << PlanText(plan, arguments.Text("program"));
  if (plan.base.cached && plan.head.cached) return true;
  streams.out << DescribeBenchmark(PlanOf(arguments, arguments), arguments);
  return false;
}

}  // namespace

int CompareCommand(const Arguments& arguments, Streams& streams) {
  // Opened first: better to fail before the minutes than after.
  const std::string markdown = arguments.Text("export-markdown");
  const auto file =
      markdown.empty() ? nullptr : std::make_unique<OutputFile>(markdown);
  store::History history(DatabasePath(arguments),
                         store::History::Mode::kReadWrite);
  const RowOrder order = RowOrderOf(arguments);
  const bool quiet = arguments.Has("quiet"), dry = arguments.Has("dry-run");
  if (dry && IsNew(arguments) && ComparesRevisions(arguments) &&
      !ShowBuilds(arguments, streams))
    return 0;
  CompareSides sides;  // its locks are held to the end
  if (IsNew(arguments)) sides = NewSides(arguments, streams, quiet);
  const auto spool = IsNew(arguments) ? BeginSession(arguments, sides)
                                      : TakeUpSession(arguments);
  const Arguments begun(arguments.command(), spool->header().words);
  const ComparePlan plan = PlanOf(begun, arguments);

  ProgressLine line(streams.err, streams.err_is_terminal && !quiet);
  measure::Session session(
      OptionsOf(begun, spool->header()),
      [&](const measure::Progress& progress) { line.Show(progress); },
      [&](const measure::Finished& result) { spool->Keep(result); },
      spool->TakeFinished());
  if (dry) {
    streams.out << Sides(spool->header()) << Describe(plan, session);
    return 0;
  }
  if (!quiet) streams.err << Describe(plan, session);
  Judgement judgement = JudgementOf(begun, arguments, history);
  judgement.same_code = spool->header().same_code;
  const bool identical = spool->header().identical;
  Comparing comparing(session, *spool, judgement, plan,
                      [&](const SpooledStage& stage) {
                        line.Clear();
                        if (!quiet) streams.err << StageText(stage);
                      });
  const measure::StageEnd end = comparing.Run();
  line.Clear();
  if (end == measure::StageEnd::kInterrupted)
    return Interrupted(*spool, streams);

  std::vector<benchfmt::Run> runs = comparing.Runs();
  if (identical) MarkIdentical(runs);
  compare::Comparison comparison = comparing.judgement().Compare(runs);
  const std::string id =
      Store(runs, comparison, comparing.judgement(), DatabasePath(arguments));
  spool->Done(id);
  SortRows(comparison, order);
  if (file) file->Commit(PullRequestText(comparison, id));
  Print(comparison, arguments, streams);
  if (!quiet) streams.err << BlameHint(comparison);
  if (!quiet && !id.empty()) streams.err << StoredText(id, identical);
  return ExitCode(session.failures(), comparison, arguments, streams);
}

}  // namespace opstat::cli
