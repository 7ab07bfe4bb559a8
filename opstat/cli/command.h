#pragma once

#include <algorithm>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace opstat::cli {

class Arguments;

/// Where a command writes. stdout carries data only; progress, warnings and
/// hints go to stderr.
struct Streams {
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
};

/// One line of the command table (command_groups.h). All that takes or lists
/// options is made from it, so that they cannot disagree.
struct Option {
  std::string_view name;  ///< without dashes; a letter after a comma: "quiet,q"
  std::string_view argument;  ///< what the help calls its value; "": a switch
  std::string_view fallback;  ///< the value when neither given nor in OPSTAT_*
  std::string_view help;
  std::string_view choices = {};  ///< all values it takes: "auto|on|off"

  std::string_view LongName() const { return name.substr(0, name.find(',')); }
  /// The letter, or "".
  std::string_view ShortName() const {
    return name.substr(std::min(LongName().size() + 1, name.size()));
  }
};

/// The words of "auto|on|off".
std::vector<std::string> Words(std::string_view choices);

struct Command {
  std::string_view name;
  std::string_view summary;
  std::string_view usage;     ///< what follows "opstat NAME"
  std::string_view examples;  ///< a command a line
  std::span<const Option> options;
  int (*run)(const Arguments& arguments, Streams& streams);
  /// What completion offers for an argument that is no option: FILE, REVISION,
  /// COMMAND, or words, "bash|zsh|fish". "": nothing.
  std::string_view operand = "FILE";
  /// Whether opstat.toml says anything to it. What must work beside a broken
  /// one does not ask.
  bool reads_settings = true;
};

/// Commands that belong together, under the heading the help gives them.
struct CommandGroup {
  std::string_view title;
  std::span<const Command> commands;
};

/// The whole table, in the order of the help.
std::span<const CommandGroup> CommandGroups();

/// All commands of all groups.
std::span<const Command> Commands();
/// Options that every command takes.
std::span<const Option> CommonOptions();
/// The command of that name, or nullptr.
const Command* FindCommand(std::string_view name);
/// The same; throws Error(kUsage), with the nearest as the hint.
const Command& CommandNamed(std::string_view name);

}  // namespace opstat::cli
