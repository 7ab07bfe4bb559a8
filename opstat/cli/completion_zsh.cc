#include <fmt/format.h>
#include <fmt/ranges.h>

#include "opstat/cli/completion.h"
#include "opstat/cli/help.h"

namespace opstat::cli {
namespace {

// Within a specification of _arguments these separate its parts.
std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string ValueAction(const Option& option) {
  switch (KindOfValue(option)) {
    case ValueKind::kFile:
      return "_files";
    case ValueKind::kFolder:
      return "_files -/";
    case ValueKind::kCommand:
      return "_command_names";
    case ValueKind::kWords:
      return fmt::format("({})", fmt::join(Words(option.choices), " "));
    default:
      return " ";
  }
}

std::string OperandAction(const Command& command) {
  if (command.operand == "FILE") return "_files";
  if (command.operand == "REVISION") return "_opstat_revisions";
  if (command.operand == "COMMAND") return "_opstat_commands";
  return fmt::format("({})", fmt::join(Words(command.operand), " "));
}

std::string Specification(const Option& option) {
  std::string rest = fmt::format("[{}]", Escaped(Explanation(option)));
  if (!option.argument.empty())
    rest +=
        fmt::format(":{}:{}", Escaped(option.argument), ValueAction(option));
  const std::string equals = option.argument.empty() ? "" : "=";
  std::string lines =
      "        " +
      ShellQuoted(fmt::format("*--{}{}{}", option.LongName(), equals, rest));
  if (!option.ShortName().empty())
    lines += " " + ShellQuoted(fmt::format("*-{}{}", option.ShortName(), rest));
  return lines + " \\\n";
}

std::string Case(const Command& command) {
  std::string text =
      fmt::format("    {})\n      _arguments -s -S \\\n", command.name);
  for (const Option& option : AllOptions(command))
    text += Specification(option);
  return text + "        " + ShellQuoted("*: :" + OperandAction(command)) +
         " ;;\n";
}

}  // namespace

std::string ZshCompletion() {
  std::string descriptions, cases;
  for (const Command& command : Commands()) {
    descriptions += "    " +
                    ShellQuoted(fmt::format("{}:{}", command.name,
                                            Escaped(command.summary))) +
                    "\n";
    cases += Case(command);
  }
  return fmt::format(
      R"sh(#compdef opstat
# zsh completion of opstat, made by `opstat completion zsh`
_opstat_commands() {{
  local -a commands=(
{}  )
  _describe command commands
}}
_opstat_revisions() {{
  local -a revisions=(HEAD ${{(f)"$(git for-each-ref --format='%(refname:short)' refs/heads refs/tags refs/remotes 2>/dev/null)"}})
  compadd -a revisions
}}
_opstat() {{
  local dashes=${{words[(i)--]}}
  if ((dashes < CURRENT)); then
    shift dashes words
    ((CURRENT -= dashes))
    _normal
    return
  fi
  if ((CURRENT == 2)); then
    _opstat_commands
    return
  fi
  shift words
  ((CURRENT--))
  case $words[1] in
{}  esac
}}
if [[ $funcstack[1] == _opstat ]]; then _opstat "$@"; else compdef _opstat opstat; fi
)sh",
      descriptions, cases);
}

}  // namespace opstat::cli
