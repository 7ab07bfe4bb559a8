#pragma once

#include <ostream>
#include <span>
#include <string_view>

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

/// One line of the command table. Parser and help are made from it, so that
/// they cannot disagree.
struct Option {
  std::string_view name;  ///< without dashes; a letter after a comma: "quiet,q"
  std::string_view argument;  ///< what the help calls its value; "": a switch
  std::string_view fallback;  ///< the value when neither given nor in OPSTAT_*
  std::string_view help;

  std::string_view LongName() const { return name.substr(0, name.find(',')); }
};

struct Command {
  std::string_view name;
  std::string_view summary;
  std::string_view usage;     ///< what follows "opstat NAME"
  std::string_view examples;  ///< a command a line
  std::span<const Option> options;
  int (*run)(const Arguments& arguments, Streams& streams);
};

/// All commands, in the order of the help.
std::span<const Command> Commands();
/// Options that every command takes.
std::span<const Option> CommonOptions();
/// The command of that name, or nullptr.
const Command* FindCommand(std::string_view name);

}  // namespace opstat::cli
