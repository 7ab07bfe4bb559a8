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

constexpr Option kRun[] = {
    {"rounds", "N", "10",
     "samples a benchmark; each is one process; made even"},
    {"min-time", "S", "0.1", "seconds a process measures for"},
    kFilter,
    {"pin", "CPU", "", "pin to this CPU, or none [the last allowed CPU]"},
    {"seed", "N", "",
     "order of the benchmarks; the same seed, the same order "
     "[random]"},
    {"alloc", "WHEN", "auto",
     "count allocations: auto, on (fail where it can't) or off (without "
     "the interposer)"},
    kTimeLimit,
    {"out,o", "FILE", "", "write the samples file (Google Benchmark JSON)"},
    {"label", "TEXT", "", "what to call this run [the program's name]"},
    {"record", "", "", "store the run in the history database"},
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
    {"alpha", "P", "0.01", "chance of any false alarm, over all rows"},
    {"correction", "NAME", "bonferroni",
     "how --alpha is shared among the rows: "
     "bonferroni, holm, or bh (the share of "
     "alarms that may be false)"},
    {"must-see", "X", "0.10", "a change this large must not be missed"},
    {"assume-independent", "", "",
     "judge times of repetitions within one "
     "process and of separate sessions"},
    {"all-units", "", "", "also the other clock, frees/op, faults/op, ..."},
    {"format", "NAME", "text", "text, csv, markdown or json"},
    {"exit-code", "", "", "exit 1 on a regression, 3 when it cannot tell"},
    {"cannot-tell", "pass|fail", "fail",
     "with --exit-code: what 'cannot tell' "
     "means"},
    {"json", "", "", "--format json"},
    {"samples", "", "", "in JSON: the raw samples of each row too"},
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
