#include "opstat/cli/compare_run.h"

#include <fmt/format.h>

#include <memory>

#include "opstat/benchfmt/content_id.h"
#include "opstat/benchfmt/error.h"
#include "opstat/cli/compare_plan.h"
#include "opstat/cli/compare_session.h"
#include "opstat/cli/database.h"
#include "opstat/cli/git_sides.h"
#include "opstat/cli/progress.h"
#include "opstat/cli/record.h"
#include "opstat/cli/render_json.h"
#include "opstat/cli/render_text.h"
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

int Interrupted(const Spool& spool, std::string_view command,
                Streams& streams) {
  streams.err << (spool.HasSamples()
                      ? fmt::format("opstat: interrupted; the samples finished "
                                    "by then are kept: opstat {} --resume "
                                    "{}\n",
                                    command, spool.header().id.substr(0, 12))
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
                  const Judgement& judgement, const Arguments& arguments) {
  if (comparison.rows.empty()) return "";
  const std::string database = DatabasePath(arguments);
  std::string id = benchfmt::ContentId(runs[0].id + judgement.Text());
  try {
    StoreOrKeep(runs, database, [&] {
      Record(runs, comparison, judgement.Text(), id, database);
    });
  } catch (const Error& error) {
    throw Error(
        error.failure(), error.what(),
        error.hint() + fmt::format("\nor judge them again: opstat {} --resume",
                                   arguments.command().name));
  }
  return id;
}

CompareRun Ended(int code) {
  CompareRun run;
  run.ended = code;
  return run;
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

// Nothing is kept of it, not even an empty session.
CompareRun DryRun(const Arguments& arguments, Streams& streams) {
  if (IsNew(arguments) && ComparesRevisions(arguments) &&
      !ShowBuilds(arguments, streams))
    return Ended(0);
  CompareSides sides;  // its locks are held to the end
  if (IsNew(arguments))
    sides = NewSides(arguments, streams, arguments.Has("quiet"));
  const auto spool = IsNew(arguments) ? nullptr : TakeUpSession(arguments);
  const SessionHeader header =
      spool ? spool->header() : NewHeader(arguments, sides);
  const Arguments begun(*FindCommand("compare"), header.words);
  measure::Session session(
      OptionsOf(begun, header), {}, {},
      spool ? spool->TakeFinished() : std::vector<measure::Finished>());
  streams.out << Sides(header) << Describe(PlanOf(begun, arguments), session);
  return Ended(0);
}

}  // namespace

CompareRun RunCompare(const Arguments& arguments, Streams& streams,
                      const Amend& amend) {
  if (arguments.Has("dry-run")) return DryRun(arguments, streams);
  store::History history(DatabasePath(arguments),
                         store::History::Mode::kReadWrite);
  const bool quiet = arguments.Has("quiet");
  CompareSides sides;  // its locks are held to the end
  if (IsNew(arguments)) sides = NewSides(arguments, streams, quiet);
  const auto spool = IsNew(arguments) ? BeginSession(arguments, sides)
                                      : TakeUpSession(arguments);
  const Arguments begun(*FindCommand("compare"), spool->header().words);
  const ComparePlan plan = PlanOf(begun, arguments);

  ProgressLine line(streams.err, streams.err_is_terminal && !quiet);
  measure::Session session(
      OptionsOf(begun, spool->header()),
      [&](const measure::Progress& progress) { line.Show(progress); },
      [&](const measure::Finished& result) { spool->Keep(result); },
      spool->TakeFinished());
  if (!quiet) streams.err << Describe(plan, session);
  Judgement judgement = JudgementOf(begun, arguments, history);
  judgement.same_code = spool->header().same_code;
  if (amend) amend(spool->header(), judgement);
  const bool identical = spool->header().identical;
  Comparing comparing(session, *spool, judgement, plan,
                      [&](const SpooledStage& stage) {
                        line.Clear();
                        if (!quiet) streams.err << StageText(stage);
                      });
  const measure::StageEnd end = comparing.Run();
  line.Clear();
  if (end == measure::StageEnd::kInterrupted)
    return Ended(Interrupted(*spool, arguments.command().name, streams));

  CompareRun run;
  run.runs = comparing.Runs();
  run.sides = spool->header().sides;
  run.identical = identical;
  run.failures = session.failures();
  run.folders = std::move(sides.folders);
  if (identical) MarkIdentical(run.runs);
  run.comparison = comparing.judgement().Compare(run.runs);
  run.id = Store(run.runs, run.comparison, comparing.judgement(), arguments);
  spool->Done(run.id);
  return run;
}

void PrintComparison(const compare::Comparison& comparison,
                     const Arguments& arguments, Streams& streams) {
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

std::string StoredText(const CompareRun& run) {
  if (run.id.empty()) return "";
  return fmt::format("{}stored: opstat show {}\n",
                     run.identical
                         ? "the same program twice: recorded as this "
                           "machine's noise, which tau takes from ten "
                           "such comparisons on\n"
                         : "",
                     run.id.substr(0, 12));
}

}  // namespace opstat::cli
