#include "opstat/cli/command_groups.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/shared_options.h"

namespace opstat::cli {
namespace {

constexpr Option kDoctor[] = {kJson, kDatabase};

constexpr Option kHelp[] = {
    {"man", "", "", "as a manual page: opstat help --man run | man -l -"},
    {"markdown", "", "", "all commands as one page, docs/REFERENCE.md"},
    {"out,o", "FOLDER", "", "with --man: write every page into this folder"},
};

constexpr Command kCommands[] = {
    Command{"init",
            "write an opstat.toml for the project here",
            "",
            "opstat init",
            {},
            InitCommand,
            ""},
    Command{"doctor",
            "whether this machine is fit to measure, and what to type",
            "[options]", "opstat doctor\nopstat doctor --json", kDoctor,
            DoctorCommand, "", false},
    Command{"completion",
            "what a shell needs to complete opstat's words",
            "bash|zsh|fish",
            "source <(opstat completion bash)\n"
            "opstat completion fish > ~/.config/fish/completions/opstat.fish",
            {},
            CompletionCommand,
            "bash|zsh|fish",
            false},
    Command{
        "help", "what opstat does, or the help of a command", "[COMMAND]",
        "opstat help\nopstat help compare\nopstat help --man stat | man -l -",
        kHelp, HelpCommand, "COMMAND", false},
};

}  // namespace

CommandGroup ProjectCommands() {
  return {"The project, the machine and opstat itself", kCommands};
}

}  // namespace opstat::cli
