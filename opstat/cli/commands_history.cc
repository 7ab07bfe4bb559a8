#include "opstat/cli/command_groups.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/shared_options.h"

namespace opstat::cli {
namespace {

constexpr Option kList[] = {
    {"limit,n", "N", "20", "at most this many, the newest first; 0: all"},
    kJson,
    kDatabase,
};

constexpr Option kHistory[] = {
    {"since", "REF|DATE", "", "only runs of that commit's time or later"},
    {"against", "REF|RUN", "",
     "what the latest value is compared with [the oldest shown]"},
    {"change-points", "", "", "a line for each change, of all series"},
    {"branch", "NAME", "", "only runs of this branch"},
    {"unit", "UNIT", "",
     "only this unit [the clock that decides, B/op, allocs/op]"},
    {"control", "NAME", "",
     "divide times by this benchmark's of the same run: what slowed both "
     "cancels"},
    {"limit,n", "N", "200", "runs a series, the last ones; 0: all"},
    kJson,
    kDatabase,
};

constexpr Option kImport[] = {
    {"label", "TEXT", "", "what to call the run [the file's name]"},
    kDatabase,
};

constexpr Option kTag[] = {
    {"delete", "", "", "remove the tag; the run stays"},
    kDatabase,
};

constexpr Option kGc[] = {
    {"older-than", "AGE", "", "runs measured longer ago: 90d, 12w, 1y"},
    {"keep-runs", "N", "0", "as many of the last runs stay in any case"},
    {"dry-run", "", "", "only say what would go"},
    {"yes", "", "", "do not ask"},
    kDatabase,
};

constexpr Option kExport[] = {
    {"format", "NAME", "gbench",
     "gbench, gobench (benchstat reads it), csv, jsonl (loses nothing), bmf "
     "(Bencher), gh-action (github-action-benchmark), otava-csv, or report "
     "(what reports/ draws)",
     "gbench|gobench|csv|jsonl|bmf|gh-action|otava-csv|report"},
    {"from", "FILE", "", "convert this file; no database is touched"},
    {"all", "", "", "every run of the history: csv, jsonl, otava-csv"},
    {"out,o", "FILE", "-", "where to; - is stdout"},
    kDatabase,
};

constexpr Option kReport[] = {
    {"out,o", "FILE", "report.html", "the page, or with --plot the picture"},
    {"benchmark", "RE", "",
     "draw these in full, up to 50, beside what changed or is undecided"},
    {"conv", "", "", "the scratch: keys of one run side by side"},
    {"noise", "", "",
     "this machine's false alarms and the smallest change it can see"},
    {"plot", "NAME", "",
     "one plot alone as FILE.png or FILE.svg; `list` names them"},
    {"plots", "WHEN", "auto",
     "auto: a page of tables where matplotlib is missing; required: exit 4",
     "auto|required"},
    {"python", "PATH", "",
     "interpreter with matplotlib and Jinja2 [a venv beside opstat, "
     "/usr/bin/python3, python3]"},
    kDatabase,
};

constexpr Command kCommands[] = {
    Command{"list", "the runs in the history, the newest first", "[options]",
            "opstat list\nopstat list --json", kList, ListCommand, ""},
    Command{"history", "each benchmark through the runs, and where it changed",
            "[options] [RE]",
            "opstat history\n"
            "opstat history --change-points --since v1.2\n"
            "opstat history 'Parse/' --unit B/op --against main",
            kHistory, HistoryCommand, ""},
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
            kExport, ExportCommand, ""},
    Command{"tag", "give a run a name that stands for it",
            "[options] NAME [RUN]",
            "opstat tag v1.2\nopstat tag baseline 1a2b3c\n"
            "opstat tag --delete baseline",
            kTag, TagCommand, ""},
    Command{"gc", "remove the samples of old runs; tags and verdicts stay",
            "[options]",
            "opstat gc --older-than 90d --dry-run\n"
            "opstat gc --older-than 1y --keep-runs 200 --yes",
            kGc, GcCommand, ""},
    Command{"report", "draw a comparison or a run as one HTML page",
            "[options] [COMPARISON|RUN]",
            "opstat report\n"
            "opstat report --benchmark 'Conv2D/.*f32' -o conv.html\n"
            "opstat report --noise -o noise.html\n"
            "opstat report --plot list\n"
            "opstat report --plot noise -o noise.svg",
            kReport, ReportCommand, ""},
};

}  // namespace

CommandGroup HistoryCommands() { return {"Keep and convert", kCommands}; }

}  // namespace opstat::cli
