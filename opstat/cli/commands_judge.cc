#include "opstat/cli/command_groups.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/shared_options.h"

namespace opstat::cli {
namespace {

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
     "alarms that may be false)",
     "bonferroni|holm|bh"},
    kMustSee,
    {"assume-independent", "", "",
     "judge times of repetitions within one "
     "process and of separate sessions"},
    kAllUnits,
    {"format", "NAME", "text", "text, csv, markdown or json",
     "text|csv|markdown|json"},
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

constexpr Option kShow[] = {
    kSort,
    kOnlyChanged,
    kAllUnits,
    {"export-markdown", "FILE", "", "write the text for a pull request"},
    kJson,
    kSamples,
    kDatabase,
};

constexpr Command kCommands[] = {
    Command{"stat", "compare result files: medians, intervals, verdicts",
            "[options] [LABEL=]BASELINE [[LABEL=]CONTENDER...]",
            "opstat stat old.json new.json\n"
            "opstat stat --col scratch --table shape conv.json\n"
            "opstat stat --format markdown main=old.json branch=new.json",
            kStat, StatCommand},
    Command{"show", "print a recorded comparison or run again",
            "[options] [COMPARISON|RUN]",
            "opstat show\nopstat show 1a2b3c --export-markdown pr.md\n"
            "opstat show --json 1a2b3c",
            kShow, ShowCommand, ""},
};

}  // namespace

CommandGroup JudgeCommands() { return {"Judge what was measured", kCommands}; }

}  // namespace opstat::cli
