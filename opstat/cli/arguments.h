#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opstat/cli/command.h"
#include "opstat/cli/settings.h"

namespace opstat::cli {

/// A command line, parsed against the command's table. The precedence is
/// option, OPSTAT_<OPTION> in the environment, opstat.toml, the table's
/// fallback.
class Arguments {
 public:
  /// Parses what follows the command's name. All after a `--` is the tail.
  /// Throws Error(kUsage), with the nearest option as the hint.
  Arguments(const Command& command, const std::vector<std::string>& words,
            Settings settings = {});

  const Command& command() const { return command_; }
  /// What was parsed.
  const std::vector<std::string>& words() const { return words_; }
  const Settings& settings() const { return settings_; }
  /// Words that give `command` the same arguments, of the options it has, where
  /// neither environment nor opstat.toml says anything.
  std::vector<std::string> Resolved(const Command& command) const;
  /// "--rounds", "OPSTAT_ROUNDS", "opstat.toml:3:10"; "default".
  std::string Origin(std::string_view option) const;
  const std::vector<std::string>& positional() const { return positional_; }
  const std::vector<std::string>& tail() const { return tail_; }

  bool Has(std::string_view option) const;  ///< a switch, or a value given
  /// The last one given.
  std::string Text(std::string_view option) const;
  /// All that were given, in order, of an option that may be repeated.
  std::vector<std::string> All(std::string_view option) const;
  /// Throw Error(kUsage) naming the option, the text and the valid range.
  std::int64_t Integer(std::string_view option, std::int64_t low,
                       std::int64_t high) const;
  double Number(std::string_view option, double low, double high) const;
  /// One of the option's choices in the table.
  std::string Choice(std::string_view option) const;
  /// Throws Error(kUsage), "opstat show: --samples needs --json", when the
  /// command line gives the option. An opstat.toml may set it all the same: it
  /// holds for more than this call.
  void RefuseGiven(std::string_view option, const std::string& needs,
                   const std::string& hint) const;
  /// Throws Error(kUsage) when something stands behind a `--`.
  void RefuseTail(const std::string& hint) const;
  /// Throws Error(kUsage) when there are more positional arguments.
  void LimitPositional(std::size_t most) const;

 private:
  struct Value {
    std::vector<std::string> texts;
    std::string origin;  // "--rounds", "OPSTAT_ROUNDS", "opstat.toml:3:10"
  };
  std::optional<Value> Find(std::string_view option) const;
  [[noreturn]] void Refuse(std::string_view option,
                           const std::string& wants) const;

  const Command& command_;
  const std::vector<std::string> words_;
  const Settings settings_;
  std::map<std::string, std::vector<std::string>, std::less<>> given_;
  std::vector<std::string> positional_, tail_;
};

}  // namespace opstat::cli
