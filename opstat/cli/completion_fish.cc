#include <fmt/format.h>
#include <fmt/ranges.h>

#include "opstat/cli/completion.h"
#include "opstat/cli/help.h"

namespace opstat::cli {
namespace {

std::string Quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

std::string ValueAction(const Option& option) {
  switch (KindOfValue(option)) {
    case ValueKind::kNone:
      return "";
    case ValueKind::kFile:
      return " -r -F";
    case ValueKind::kFolder:
      return " -x -a '(__fish_complete_directories)'";
    case ValueKind::kCommand:
      return " -x -a '(__fish_complete_command)'";
    case ValueKind::kWords:
      return fmt::format(" -x -a '{}'", fmt::join(Words(option.choices), " "));
    case ValueKind::kOther:
      return " -x";
  }
  return "";
}

std::string OperandAction(const Command& command) {
  if (command.operand == "FILE") return " -F";
  if (command.operand == "REVISION")
    return " -f -a \"(git for-each-ref --format='%(refname:short)' "
           "refs/heads refs/tags refs/remotes 2>/dev/null; echo HEAD)\"";
  if (command.operand == "COMMAND") return " -f -a \"$opstat_commands\"";
  return fmt::format(" -f -a '{}'", fmt::join(Words(command.operand), " "));
}

std::string OptionLines(const std::string& within,
                        std::span<const Option> options) {
  std::string lines;
  for (const Option& option : options) {
    lines += fmt::format("{} -l {}", within, option.LongName());
    if (!option.ShortName().empty())
      lines += fmt::format(" -s {}", option.ShortName());
    lines += fmt::format("{} -d {}\n", ValueAction(option),
                         Quoted(Explanation(option)));
  }
  return lines;
}

std::string Lines(const Command& command) {
  const std::string within = fmt::format(
      "complete -c opstat -n '__fish_seen_subcommand_from {}'", command.name);
  return within + OperandAction(command) + "\n" +
         OptionLines(within, AllOptions(command));
}

constexpr const char* kBeforeCommand =
    "complete -c opstat -n \"not __fish_seen_subcommand_from "
    "$opstat_commands\"";

}  // namespace

std::string FishCompletion() {
  std::vector<std::string_view> names;
  std::string first, rest;
  for (const Command& command : Commands()) {
    names.push_back(command.name);
    first += fmt::format("{} -f -a {} -d {}\n", kBeforeCommand, command.name,
                         Quoted(command.summary));
    rest += Lines(command);
  }
  return fmt::format(
      "# fish completion of opstat, made by `opstat completion fish`\n"
      "set -g opstat_commands {}\n{}"
      "{} -l version -d 'what this is and was built from'\n{}{}",
      fmt::join(names, " "), first, kBeforeCommand,
      OptionLines(kBeforeCommand, CommonOptions()), rest);
}

}  // namespace opstat::cli
