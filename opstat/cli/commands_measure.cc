#include <algorithm>
#include <array>
#include <iterator>

#include "opstat/cli/command_groups.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/shared_options.h"

namespace opstat::cli {
namespace {

constexpr Option kRun[] = {
    {"rounds", "N", "10",
     "samples a benchmark; each is one process; made even"},
    kMinTime,
    kFilter,
    kPin,
    kSeed,
    kAlloc,
    kTimeLimit,
    {"out,o", "FILE", "", "write the samples file (Google Benchmark JSON)"},
    {"label", "TEXT", "", "what to call this run [the program's name]"},
    {"record", "", "", "store the run in the history database"},
    kDatabase,
};

constexpr Option kCompare[] = {
    {"build", "CMD", "",
     "what `sh -c` runs in each revision's folder to build it; {source} and "
     "{build} are its folders [CMake, Release]"},
    {"base-build", "CMD", "", "the baseline's own"},
    {"head-build", "CMD", "", "the contender's own"},
    {"program", "CMD", "",
     "what to measure [the one CMake target that links Google Benchmark]"},
    {"default-branch", "NAME", "",
     "what to branch from [origin/HEAD, main, master]"},
    {"base-cmd", "CMD", "",
     "in place of revisions: the baseline, split as a shell would; no shell"},
    {"head-cmd", "CMD", "", "the contender"},
    {"base-env", "K=V", "",
     "a variable of the baseline and its build; repeatable"},
    {"head-env", "K=V", "", "a variable of the contender; repeatable"},
    {"rounds", "N", "10",
     "samples of every benchmark a side; what needs it gets 2N more"},
    {"quick", "", "", "no more than that: judge at once, undecide more"},
    {"budget", "TIME", "",
     "measure no longer than this (90s, 5m, 1h); what it cannot decide is "
     "undecided"},
    kFilter,
    kMinTime,
    kPin,
    kSeed,
    kAlloc,
    kTimeLimit,
    {"resume", "", "",
     "go on with the interrupted session named, else the newest"},
    {"more", "N", "",
     "N more rounds of what the session named, else the newest, left "
     "undecided"},
    {"dry-run", "", "",
     "print what would be built and run, and how long it takes"},
    kAlpha,
    kMustSee,
    kSort,
    kOnlyChanged,
    kAllUnits,
    {"export-markdown", "FILE", "", "write the text for a pull request"},
    kExitCode,
    kCannotTell,
    kJson,
    kSamples,
    kDatabase,
};

constexpr Option kGateOnly[] = {
    {"policy", "FILE", "",
     "the policy [opstat.toml of the base's commit, else of this checkout]"},
    {"from", "FILE", "",
     "judge files: the baseline's, then the contender's behind it"},
    {"baseline", "RUN", "",
     "a run of the history as the baseline; the contender is --from FILE, -- "
     "PROGRAM, or the newest run"},
    {"allow-no-baseline", "", "",
     "exit 0 when the base has no benchmark to compare with"},
    {"junit", "FILE", "", "write JUnit XML: a test case a benchmark and unit"},
    {"github", "", "",
     "write workflow annotations and the step summary [where GITHUB_ACTIONS is "
     "true]"},
    {"self-test", "", "",
     "worsen stored samples on purpose: exit 0 when every finding is found"},
};

// A gate's exit code needs no option.
constexpr auto kGate = [] {
  std::array<Option, std::size(kCompare) - 1 + std::size(kGateOnly)> options{};
  const auto [from, to] = std::ranges::copy_if(
      kCompare, options.begin(),
      [](const Option& option) { return option.name != kExitCode.name; });
  std::ranges::copy(kGateOnly, to);
  return options;
}();

constexpr Option kBlame[] = {
    kFilter,
    {"base-cmd", "CMD", "", "with --head-cmd: the sites that are new or grew"},
    {"head-cmd", "CMD", "", "both split as a shell would; no shell is started"},
    {"rounds", "N", "1", "processes a benchmark; their counts must agree"},
    {"min-time", "S", "0.01", "seconds a process measures for"},
    kTimeLimit,
    kJson,
};

constexpr Option kBisect[] = {
    {"unit", "U", "",
     "what changed: allocs/op, B/op, sec/op, ... [the clock that decides]"},
    {"build", "CMD", "",
     "what `sh -c` runs in each commit's folder to build it; {source} and "
     "{build} are its folders [CMake, Release]"},
    {"program", "CMD", "",
     "what to measure [the one CMake target that links Google Benchmark]"},
    {"rounds", "N", "10",
     "samples of a commit at the first look; the next looks are at 2N and 4N"},
    kMinTime,
    kPin,
    kSeed,
    kAlloc,
    kTimeLimit,
    {"alpha", "P", "0.01", "chance of a false difference, for each pair"},
    {"exit-code", "", "", "exit 3 when no commit could be named"},
    kJson,
};

constexpr Command kCommands[] = {
    Command{"run", "measure a Google Benchmark program, one process a sample",
            "[options] -- PROGRAM [ARGS]",
            "opstat run -- ./my_bench\n"
            "opstat run --rounds 20 --out new.json -- ./my_bench\n"
            "opstat run --filter 'Conv2D/.*f32' --record -- ./my_bench",
            kRun, RunCommand, ""},
    Command{"compare", "measure two revisions or programs, alternating",
            "[options] [BASE [HEAD] | BASE..HEAD | BASE...HEAD] | --base-cmd "
            "CMD --head-cmd CMD",
            "opstat compare\n"
            "opstat compare main topic --export-markdown pr.md\n"
            "opstat compare HEAD HEAD\n"
            "opstat compare --base-cmd ./old_bench --head-cmd ./new_bench\n"
            "opstat compare --base-cmd ./bench --base-env POOL=0 --head-cmd "
            "./bench --head-env POOL=1\n"
            "opstat compare --resume\n"
            "opstat compare --more 20",
            kCompare, CompareCommand, "REVISION"},
    Command{"gate", "compare under a policy: exit 1 when something got worse",
            "[options] [BASE [HEAD] | BASE..HEAD | BASE...HEAD] | --base-cmd "
            "CMD --head-cmd CMD | --from BASE HEAD | --baseline RUN [-- "
            "PROGRAM]",
            "opstat gate\n"
            "opstat gate origin/main HEAD --junit gate.xml --github\n"
            "opstat gate --from old.json new.json --export-markdown pr.md\n"
            "opstat gate --baseline 1a2b3c -- ./my_bench\n"
            "opstat gate --self-test",
            kGate, GateCommand, "REVISION"},
    Command{"blame", "the call sites that allocate inside the timed loop",
            "[options] -- PROGRAM [ARGS] | --base-cmd CMD --head-cmd CMD",
            "opstat blame -- ./my_bench --benchmark_filter=Parse\n"
            "opstat blame --base-cmd old/my_bench --head-cmd new/my_bench",
            kBlame, BlameCommand, ""},
    Command{"bisect", "the commit that made a benchmark worse, or better",
            "[options] BENCHMARK GOOD BAD",
            "opstat bisect Parse/64 v1.2 main\n"
            "opstat bisect --unit allocs/op Parse/64 v1.2 main",
            kBisect, BisectCommand, "REVISION"},
};

}  // namespace

CommandGroup MeasureCommands() { return {"Measure", kCommands}; }

}  // namespace opstat::cli
