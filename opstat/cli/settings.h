#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace opstat::cli {

/// A value of opstat.toml as text, or several of an array, and where it stands.
struct Setting {
  std::vector<std::string> values;
  std::string where;  ///< "opstat.toml:3:10"
};

/// opstat.toml: what the options of commands are when neither the command line
/// nor OPSTAT_* says. A key is an option's name with `_` for `-`; at the top it
/// holds for every command that has the option, in a table named after a
/// command for that one, before the top. Arrays of tables ([[rule]],
/// [[accept]]) are read by the commands they are for. Options that name a file
/// to write cannot be set: a checkout shall not choose what is overwritten.
class Settings {
 public:
  Settings() = default;
  /// Throws Error(kUsage) with file, line and column: what is no TOML, no
  /// option (the nearest is named) or no plain value.
  explicit Settings(const std::filesystem::path& file);
  /// The same of a file's content; `name` stands for the file in messages.
  Settings(std::string text, std::string name);

  /// These, but of `options` what `other` says, whichever the command.
  Settings With(const Settings& other,
                std::span<const std::string_view> options) const;

  /// The file's content and what it is called; "" for none.
  const std::string& text() const { return text_; }
  const std::string& name() const { return name_; }
  /// nullptr when it is not set.
  const Setting* Find(std::string_view command, std::string_view option) const;

 private:
  using Place = std::pair<std::string, std::string>;  // command or "", option
  std::map<Place, Setting> settings_;
  std::string text_, name_;
};

/// The settings that hold in `folder`: of the file that OPSTAT_CONFIG names
/// (none when that is empty), else of opstat.toml there or in the nearest
/// folder above, up to the one with .git.
Settings SettingsOf(const std::filesystem::path& folder);

}  // namespace opstat::cli
