#include <fmt/format.h>
#include <fmt/ranges.h>

#include "opstat/cli/completion.h"
#include "opstat/cli/help.h"

namespace opstat::cli {
namespace {

// `=` ends a word in bash, so that --color=al arrives as three.
constexpr std::string_view kHead =
    R"sh(# bash completion of opstat, made by `opstat completion bash`
_opstat_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$current"); }
_opstat_files() {
  compopt -o filenames
  mapfile -t COMPREPLY < <(compgen "$@" -- "$current")
}
_opstat_revisions() {
  _opstat_words "$(git for-each-ref --format='%(refname:short)' refs/heads refs/tags refs/remotes 2>/dev/null) HEAD"
}
_opstat() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command='' options='' i
  if [[ $current == = ]]; then
    current=''
  elif [[ $previous == = ]]; then
    previous=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [[ ${COMP_WORDS[i]} == -- ]]; then
      if ((i + 1 == COMP_CWORD)); then _opstat_files -c -f; else _opstat_files -f; fi
      return
    fi
    [[ -n $command || ${COMP_WORDS[i]} == -* || ${COMP_WORDS[i - 1]} == --color ]] || command=${COMP_WORDS[i]}
  done
)sh";

std::string ValueAction(const Option& option) {
  switch (KindOfValue(option)) {
    case ValueKind::kFile:
      return "_opstat_files -f";
    case ValueKind::kFolder:
      return "_opstat_files -d";
    case ValueKind::kCommand:
      return "_opstat_files -c -f";
    case ValueKind::kWords:
      return fmt::format("_opstat_words '{}'",
                         fmt::join(Words(option.choices), " "));
    default:
      return ":";
  }
}

std::string OperandAction(const Command& command) {
  if (command.operand == "FILE") return "_opstat_files -f";
  if (command.operand == "REVISION") return "_opstat_revisions";
  if (command.operand == "COMMAND") return "_opstat_words \"$commands\"";
  return fmt::format("_opstat_words '{}'",
                     fmt::join(Words(command.operand), " "));
}

std::string Case(const Command& command) {
  std::vector<std::string> names;
  std::string values;
  for (const Option& option : AllOptions(command)) {
    names.push_back(fmt::format("--{}", option.LongName()));
    std::string pattern = names.back();
    if (!option.ShortName().empty()) {
      names.push_back(fmt::format("-{}", option.ShortName()));
      pattern += "|" + names.back();
    }
    if (!option.argument.empty())
      values += fmt::format("        {}) {}; return ;;\n", pattern,
                            ValueAction(option));
  }
  return fmt::format(
      "    {}) options='{}'\n      case $previous in\n{}      esac\n"
      "      [[ $current == -* ]] || {{ {}; return; }} ;;\n",
      command.name, fmt::join(names, " "), values, OperandAction(command));
}

}  // namespace

ValueKind KindOfValue(const Option& option) {
  if (option.argument.empty()) return ValueKind::kNone;
  if (!option.choices.empty()) return ValueKind::kWords;
  if (option.argument == "FOLDER") return ValueKind::kFolder;
  if (option.argument == "CMD") return ValueKind::kCommand;
  return option.argument == "FILE" || option.argument == "PATH"
             ? ValueKind::kFile
             : ValueKind::kOther;
}

std::string ShellQuoted(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'')
      quoted += "'\\''";
    else
      quoted += c;
  }
  return quoted + "'";
}

std::string BashCompletion() {
  std::vector<std::string_view> names;
  std::string cases;
  for (const Command& command : Commands()) {
    names.push_back(command.name);
    cases += Case(command);
  }
  return fmt::format(
      "{}  local commands='{}'\n  case $command in\n{}"
      "    '') options=\"$commands --help --version --color --quiet\" ;;\n"
      "  esac\n  _opstat_words \"$options\"\n}}\ncomplete -F _opstat opstat\n",
      kHead, fmt::join(names, " "), cases);
}

}  // namespace opstat::cli
