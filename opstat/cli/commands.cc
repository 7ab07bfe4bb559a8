#include "opstat/cli/commands.h"

#include <array>

namespace opstat::cli {
namespace {

constexpr Option kDatabase = {
    "db", "PATH", "", "history database [.opstat/history.db at the git root]"};
constexpr Option kTimeLimit = {"time-limit", "S", "120",
                               "seconds one process may take; 0: no limit"};
constexpr Option kJson = {"json", "", "", "print one JSON document instead"};
constexpr Option kFilter = {"filter", "RE", "",
                            "only benchmarks whose full name matches"};

constexpr Option kCommon[] = {
    {"color", "WHEN", "auto", "auto, always or never; NO_COLOR is honoured"},
    {"quiet,q", "", "", "no progress and no hints on stderr"},
    {"help,h", "", "", "show this help"},
};

constexpr Option kMinTime = {"min-time", "S", "0.1",
                             "seconds a process measures for"};
constexpr Option kPin = {"pin", "CPU", "",
                         "pin to this CPU, or none [the last allowed CPU]"};
constexpr Option kSeed = {"seed", "N", "",
                          "order of the processes; the same seed, the same "
                          "order [random]"};
constexpr Option kAlloc = {
    "alloc", "WHEN", "auto",
    "count allocations: auto, on (fail where it can't) or off (without the "
    "interposer)"};
constexpr Option kAlpha = {"alpha", "P", "0.01",
                           "chance of any false alarm, over all rows"};
constexpr Option kMustSee = {"must-see", "X", "0.10",
                             "a change this large must not be missed"};
constexpr Option kAllUnits = {"all-units", "", "",
                              "also the other clock, frees/op, faults/op, ..."};
constexpr Option kExitCode = {"exit-code", "", "",
                              "exit 1 on a regression, 3 when it cannot tell"};
constexpr Option kCannotTell = {"cannot-tell", "pass|fail", "fail",
                                "with --exit-code: what 'cannot tell' means"};
constexpr Option kSamples = {"samples", "", "",
                             "in JSON: the raw samples of each row too"};
constexpr Option kSort = {"sort", "ORDER", "program",
                          "rows: program, name, or change (worst first)"};
constexpr Option kOnlyChanged = {"only-changed", "", "",
                                 "only rows that changed, are missing or new"};

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

constexpr Option kShow[] = {
    kSort,
    kOnlyChanged,
    kAllUnits,
    {"export-markdown", "FILE", "", "write the text for a pull request"},
    kJson,
    kSamples,
    kDatabase,
};

constexpr Option kStat[] = {
    {"col", "KEYS", ".file",
     "a column a value: scratch, 'scratch@(allocating pooled)', .file, ..."},
    {"row", "KEYS", ".fullname", "a row a value: .name, /key, fact, ..."},
    {"table", "KEYS", "", "a table a value; .config: as benchstat does"},
    {"ignore", "KEYS", "", "keys of names and facts that make no difference"},
    {"where", "EXPR", "",
     "benchstat's filter: '/dtype:f32 .unit:(B/op OR allocs/op)'"},
    kFilter,
    {"judge", "UNITS", "",
     "judge these too: B/s or misses/op:lower, with commas"},
    kAlpha,
    {"correction", "NAME", "bonferroni",
     "how --alpha is shared among the rows: "
     "bonferroni, holm, or bh (the share of "
     "alarms that may be false)"},
    kMustSee,
    {"assume-independent", "", "",
     "judge times of repetitions within one "
     "process and of separate sessions"},
    kAllUnits,
    {"format", "NAME", "text", "text, csv, markdown or json"},
    kExitCode,
    kCannotTell,
    {"json", "", "", "--format json"},
    kSamples,
    {"export-csv", "FILE", "", "write CSV as well; - is stdout"},
    {"export-json", "FILE", "", "the same as JSON"},
    {"export-markdown", "FILE", "", "the same as Markdown"},
    {"record", "", "", "store the comparison beside its runs in the history"},
    kDatabase,
};

constexpr Option kBlame[] = {
    kFilter,
    {"base-cmd", "CMD", "", "with --head-cmd: the sites that are new or grew"},
    {"head-cmd", "CMD", "", "both split as a shell would; no shell is started"},
    {"rounds", "N", "1", "processes a benchmark; their counts must agree"},
    {"min-time", "S", "0.01", "seconds a process measures for"},
    kTimeLimit,
    kJson,
};

constexpr Option kList[] = {
    {"limit,n", "N", "20", "at most this many, the newest first; 0: all"},
    kJson,
    kDatabase,
};

constexpr Option kExport[] = {
    {"format", "NAME", "gbench",
     "gbench, gobench (benchstat reads it), csv, jsonl (loses nothing), bmf "
     "(Bencher), gh-action (github-action-benchmark), otava-csv, or report "
     "(what reports/ draws)"},
    {"from", "FILE", "", "convert this file; no database is touched"},
    {"all", "", "", "every run of the history: csv, jsonl, otava-csv"},
    {"out,o", "FILE", "-", "where to; - is stdout"},
    kDatabase,
};

constexpr Option kImport[] = {
    {"label", "TEXT", "", "what to call the run [the file's name]"},
    kDatabase,
};

constexpr std::array kCommands = {
    Command{"run", "measure a Google Benchmark program, one process a sample",
            "[options] -- PROGRAM [ARGS]",
            "opstat run -- ./my_bench\n"
            "opstat run --rounds 20 --out new.json -- ./my_bench\n"
            "opstat run --filter 'Conv2D/.*f32' --record -- ./my_bench",
            kRun, RunCommand},
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
            kCompare, CompareCommand},
    Command{"stat", "compare result files: medians, intervals, verdicts",
            "[options] [LABEL=]BASELINE [[LABEL=]CONTENDER...]",
            "opstat stat old.json new.json\n"
            "opstat stat --col scratch --table shape conv.json\n"
            "opstat stat --format markdown main=old.json branch=new.json",
            kStat, StatCommand},
    Command{"blame", "the call sites that allocate inside the timed loop",
            "[options] -- PROGRAM [ARGS] | --base-cmd CMD --head-cmd CMD",
            "opstat blame -- ./my_bench --benchmark_filter=Parse\n"
            "opstat blame --base-cmd old/my_bench --head-cmd new/my_bench",
            kBlame, BlameCommand},
    Command{"show", "print a recorded comparison or run again",
            "[options] [COMPARISON|RUN]",
            "opstat show\nopstat show 1a2b3c --export-markdown pr.md\n"
            "opstat show --json 1a2b3c",
            kShow, ShowCommand},
    Command{"list", "the runs in the history, the newest first", "[options]",
            "opstat list\nopstat list --json", kList, ListCommand},
    Command{"import", "store result files in the history, each once",
            "[options] FILE...",
            "opstat import results.json\n"
            "./my_bench --benchmark_format=json | opstat import -",
            kImport, ImportCommand},
    Command{"export", "write runs in another tool's format",
            "[options] [RUN...]",
            "opstat export --format gobench latest | benchstat /dev/stdin\n"
            "opstat export --from new.json --format gobench -o new.txt\n"
            "opstat export --all --format jsonl -o history.jsonl",
            kExport, ExportCommand},
    Command{"init",
            "write an opstat.toml for the project here",
            "",
            "opstat init",
            {},
            InitCommand},
};

}  // namespace

std::span<const Command> Commands() { return kCommands; }

std::span<const Option> CommonOptions() { return kCommon; }

const Command* FindCommand(std::string_view name) {
  for (const Command& command : kCommands)
    if (command.name == name) return &command;
  return nullptr;
}

}  // namespace opstat::cli
