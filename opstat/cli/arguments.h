#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opstat/cli/command.h"

namespace opstat::cli {

/// A command line, parsed against the command's table. The precedence is
/// option, OPSTAT_<OPTION> in the environment, the table's fallback.
class Arguments {
 public:
  /// Parses what follows the command's name. All after a `--` is the tail.
  /// Throws Error(kUsage), with the nearest option as the hint.
  Arguments(const Command& command, const std::vector<std::string>& words);

  const Command& command() const { return command_; }
  /// What was parsed.
  const std::vector<std::string>& words() const { return words_; }
  const std::vector<std::string>& positional() const { return positional_; }
  const std::vector<std::string>& tail() const { return tail_; }

  bool Has(std::string_view option) const;  ///< a switch, or a value given
  std::string Text(std::string_view option) const;
  /// All values of an option that may be given several times.
  std::vector<std::string> All(std::string_view option) const;
  /// Throw Error(kUsage) naming the option, the text and the valid range.
  std::int64_t Integer(std::string_view option, std::int64_t low,
                       std::int64_t high) const;
  double Number(std::string_view option, double low, double high) const;
  /// One of `choices`.
  std::string Choice(std::string_view option,
                     const std::vector<std::string>& choices) const;
  /// Throws Error(kUsage) when there are more positional arguments.
  void LimitPositional(std::size_t most) const;

 private:
  const Command& command_;
  const std::vector<std::string> words_;
  std::map<std::string, std::vector<std::string>, std::less<>> given_;
  std::vector<std::string> positional_, tail_;
};

}  // namespace opstat::cli
