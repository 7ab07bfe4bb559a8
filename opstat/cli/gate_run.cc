#include "opstat/cli/gate_run.h"

#include <fmt/format.h>

#include <algorithm>

#include "opstat/benchfmt/content_id.h"
#include "opstat/benchfmt/error.h"
#include "opstat/checkout/revisions.h"
#include "opstat/cli/compare_plan.h"
#include "opstat/cli/compare_sides.h"
#include "opstat/cli/database.h"
#include "opstat/cli/git_sides.h"
#include "opstat/cli/record.h"
#include "opstat/cli/terminal.h"

namespace opstat::cli {
namespace {

std::string BaseCommit(const Arguments& arguments) {
  const checkout::Request request = RevisionsRequest(arguments);
  return checkout::Resolve(checkout::FindRepository(request.folder),
                           request.revisions, request.default_branch)
      .base.commit;
}

bool GoesOn(const Arguments& arguments) {
  return arguments.Has("resume") || arguments.Has("more");
}

// "BASE HEAD", "BASE..HEAD": what is measured in any case.
std::string HeadOf(const std::vector<std::string>& words) {
  if (words.empty()) return "HEAD";
  const std::size_t dots = words[0].rfind("..");
  if (words.size() == 1 && dots == std::string::npos) return "HEAD";
  const std::string head =
      words.size() == 1 ? words[0].substr(dots + 2) : words[1];
  return head.empty() ? "HEAD" : head;
}

// The head in the place of both sides.
Arguments HeadTwice(const Arguments& arguments) {
  const std::string head = HeadOf(arguments.positional());
  std::vector<std::string> words = arguments.Resolved(arguments.command());
  words.resize(words.size() - arguments.positional().size());
  words.insert(words.end(), {head, head});
  return {arguments.command(), words, arguments.settings()};
}

// Budgets of the head hold without a baseline, and it must build and run.
CompareRun WithoutBaseline(const Error& why, const GatePolicy& policy,
                           const Arguments& arguments, Streams& streams) {
  streams.err << "warning: no baseline: " << Paragraph(why.what())
              << "\nwarning: the head is measured against itself: budgets "
                 "hold, nothing else is gated\n";
  const Arguments head = HeadTwice(Under(policy, arguments));
  CompareRun run = RunCompare(head, streams,
                              [&](const SessionHeader&, Judgement& judgement) {
                                Apply(policy, head, judgement);
                                judgement.same_code = true;
                              });
  run.comparison.no_baseline = true;
  return run;
}

CompareRun AgainstBase(const std::string& commit, const Arguments& arguments,
                       Streams& streams) {
  const GatePolicy policy = PolicyOf(arguments, commit);
  const Arguments under = Under(policy, arguments);
  TellPolicy(policy, arguments, streams);
  const auto amend = [&](const SessionHeader& header, Judgement& judgement) {
    if (header.sides[0].commit != commit)
      throw Error(Failure::kUsage,
                  "the base moved while the gate read its policy",
                  "run the gate again, or name the commit by its hash");
    Apply(policy, under, judgement);
    TakeCommits(commit, header.sides[1].commit, judgement);
  };
  try {
    return RunCompare(under, streams, amend);
  } catch (const Error& error) {
    if (error.failure() != Failure::kCannotMeasure ||
        !under.Has("allow-no-baseline"))
      throw;
    return WithoutBaseline(error, policy, arguments, streams);
  }
}

// The policy comes first, so that a mistake in it is known before a build; what
// the names mean is settled then.
CompareRun OfRevisions(const Arguments& arguments, Streams& streams) {
  std::string commit;
  try {
    commit = BaseCommit(arguments);
  } catch (const Error& error) {
    if (!arguments.Has("allow-no-baseline")) throw;
    return WithoutBaseline(error, PolicyOf(arguments, ""), arguments, streams);
  }
  return AgainstBase(commit, arguments, streams);
}

// Two programs, or a session that goes on and knows its commits.
CompareRun OfSession(const Arguments& arguments, Streams& streams) {
  const GatePolicy policy = PolicyOf(arguments, "");
  return RunCompare(
      GoesOn(arguments) ? arguments : Under(policy, arguments), streams,
      [&](const SessionHeader& header, Judgement& judgement) {
        const GatePolicy known = PolicyOf(arguments, header.sides[0].commit);
        TellPolicy(known, arguments, streams);
        Apply(known, Under(known, arguments), judgement);
        TakeCommits(header.sides[0].commit, header.sides[1].commit, judgement);
      });
}

void KeepMatching(const std::string& filter, benchfmt::Run& run) {
  if (filter.empty()) return;
  std::erase_if(run.benchmarks, [&](const benchfmt::Benchmark& benchmark) {
    return measure::Matching({benchmark.name}, filter).empty();
  });
}

std::size_t CountBenchmarks(const std::vector<benchfmt::Run>& runs) {
  std::size_t count = 0;
  for (const benchfmt::Run& run : runs)
    count = std::max(count, run.benchmarks.size());
  return count;
}

// Empty where it matches something.
std::string KeepMatching(const std::string& filter,
                         std::vector<benchfmt::Run>& runs) {
  const std::size_t before = CountBenchmarks(runs);
  for (benchfmt::Run& run : runs) KeepMatching(filter, run);
  return before == 0 || CountBenchmarks(runs) > 0
             ? ""
             : fmt::format("--filter '{}' matches none of {} benchmarks",
                           filter, before);
}

// `opstat stat` has that option, a gate has none like it.
void DropAssumption(std::string& text) {
  for (const std::string_view hint :
       {" (--assume-independent judges all the same)",
        ", or pass --assume-independent"})
    if (const std::size_t at = text.find(hint); at != std::string::npos)
      text.erase(at, hint.size());
}

void DropAssumptions(compare::Comparison& comparison) {
  std::ranges::for_each(comparison.warnings, DropAssumption);
  for (compare::Row& row : comparison.rows) {
    DropAssumption(row.rule);
    DropAssumption(row.gate.reason);
  }
}

// What is measured now is worth keeping.
std::string Keep(const CompareRun& run, const Judgement& judgement,
                 const Arguments& arguments) {
  if (run.comparison.rows.empty()) return "";
  std::string id =
      benchfmt::ContentId(run.runs[0].id + run.runs[1].id + judgement.Text());
  Record(run.runs, run.comparison, judgement.Text(), id,
         DatabasePath(arguments));
  return id;
}

CompareRun Stored(const Arguments& arguments, Streams& streams) {
  StoredSides sides = TakeStoredSides(arguments, streams);
  CompareRun run;
  run.ended = sides.ended;
  if (run.ended) return run;
  const GatePolicy policy =
      PolicyOf(arguments, std::string(sides.runs[0].Fact("commit.hash")));
  TellPolicy(policy, arguments, streams);
  const Arguments under = Under(policy, arguments);
  const std::string unmatched = KeepMatching(under.Text("filter"), sides.runs);
  Judgement judgement = JudgementOfStored(under, policy);
  TakeCommits(policy.commit, std::string(sides.runs[1].Fact("commit.hash")),
              judgement);
  run.runs = std::move(sides.runs);
  run.failures = std::move(sides.failures);
  run.comparison = judgement.Compare(run.runs);
  if (!unmatched.empty()) run.comparison.warnings.push_back(unmatched);
  DropAssumptions(run.comparison);
  if (sides.measured) run.id = Keep(run, judgement, arguments);
  return run;
}

}  // namespace

CompareRun RunGate(const Arguments& arguments, Streams& streams) {
  if (TakesStoredSides(arguments)) return Stored(arguments, streams);
  arguments.RefuseTail(
      "a program is compared with a stored run: opstat gate "
      "--baseline RUN -- PROGRAM; or with another: --base-cmd "
      "OLD --head-cmd NEW");
  return ComparesRevisions(arguments) && !GoesOn(arguments)
             ? OfRevisions(arguments, streams)
             : OfSession(arguments, streams);
}

Judgement JudgementOfStored(const Arguments& under, const GatePolicy& policy) {
  Judgement judgement = JudgementOf(under, under);
  judgement.policy.mode = compare::Mode::kOneShot;
  Apply(policy, under, judgement);
  return judgement;
}

}  // namespace opstat::cli
