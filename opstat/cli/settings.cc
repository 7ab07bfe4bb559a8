#include "opstat/cli/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <system_error>

#include "opstat/benchfmt/error.h"
#include "opstat/cli/command.h"
#include "opstat/cli/nearest.h"
#include "opstat/cli/switch_text.h"
#include "opstat/cli/toml_text.h"

namespace opstat::cli {
namespace {

namespace fs = std::filesystem;

std::string OptionName(std::string_view key) {
  std::string name(key);
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

bool CanBeSet(std::string_view option) {
  return option != "out" && option != "help" && !option.starts_with("export-");
}

// The options that a key of this table may name; of all commands for "".
std::vector<const Option*> Options(std::string_view command) {
  std::vector<const Option*> found;
  const auto add = [&](std::span<const Option> options) {
    for (const Option& option : options)
      if (CanBeSet(option.LongName())) found.push_back(&option);
  };
  for (const Command& candidate : Commands())
    if (command.empty() || candidate.name == command) add(candidate.options);
  add(CommonOptions());
  return found;
}

// The arrays of tables that commands read for themselves.
constexpr std::string_view kArrays[] = {"rule", "accept"};

Setting Read(const toml::node& node, const std::string& file) {
  Setting setting{{}, Where(file, node.source())};
  if (const auto* array = node.as_array())
    for (const toml::node& element : *array)
      setting.values.push_back(
          ScalarText(element, Where(file, element.source())));
  else
    setting.values.push_back(ScalarText(node, setting.where));
  return setting;
}

const Option& OptionOf(std::string_view command, std::string_view key,
                       const std::string& where) {
  const std::vector<const Option*> options = Options(command);
  const std::string name = OptionName(key);
  const auto found = std::ranges::find(options, name, &Option::LongName);
  if (key.find('-') == std::string_view::npos && found != options.end())
    return **found;
  std::vector<std::string_view> names;
  for (const Option* option : options) names.push_back(option->LongName());
  std::string nearest(Nearest(name, names));
  std::replace(nearest.begin(), nearest.end(), '-', '_');
  Refuse(where, fmt::format("no option is called '{}'", key),
         nearest.empty() ? "opstat help COMMAND lists the options"
                         : fmt::format("did you mean {}?", nearest));
}

// What is no truth must not pass for one.
void CheckSwitch(std::string_view key, const Setting& setting) {
  for (const std::string& value : setting.values)
    if (!ParseSwitch(value))
      Refuse(setting.where,
             fmt::format("{} takes {}, not '{}'", key, kSwitchWants, value));
}

void CheckArray(const toml::key& key, const std::string& file) {
  if (std::ranges::count(kArrays, key.str()) > 0) return;
  Refuse(Where(file, key.source()),
         fmt::format("no table is called [[{}]]", key.str()),
         fmt::format("there are [[{}]]", fmt::join(kArrays, "]] and [[")));
}

// A directory opens like a file and reads as an empty one.
std::string Content(const fs::path& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored))
    throw Error(Failure::kUsage,
                fmt::format("'{}' is a directory", path.string()),
                "name a file in it");
  std::ifstream file(path, std::ios::binary);
  const int error = errno;
  std::ostringstream content;
  content << file.rdbuf();
  if (!file)
    throw Error(Failure::kUsage,
                fmt::format("cannot read '{}': {}", path.string(),
                            std::generic_category().message(error)),
                "name an opstat.toml that can be read; opstat init writes one");
  return std::move(content).str();
}

}  // namespace

Settings::Settings(const fs::path& file)
    : Settings(Content(file), file.filename().string()) {}

Settings::Settings(std::string text, std::string name)
    : text_(std::move(text)), name_(std::move(name)) {
  const auto take = [&](std::string_view command, const toml::key& key,
                        const toml::node& node) {
    const Option& option =
        OptionOf(command, key.str(), Where(name_, key.source()));
    const Setting setting = Read(node, name_);
    if (option.argument.empty()) CheckSwitch(key.str(), setting);
    settings_[{std::string(command), std::string(option.LongName())}] = setting;
  };
  for (const auto& [key, node] : ParseToml(text_, name_)) {
    if (node.is_array_of_tables()) {
      CheckArray(key, name_);
      continue;
    }
    const toml::table* table = node.as_table();
    if (table == nullptr) {
      take("", key, node);
      continue;
    }
    if (FindCommand(key.str()) == nullptr)
      Refuse(Where(name_, key.source()),
             fmt::format("no command is called '{}'", key.str()),
             "opstat help lists the commands");
    for (const auto& [inner, value] : *table) take(key.str(), inner, value);
  }
}

const Setting* Settings::Find(std::string_view command,
                              std::string_view option) const {
  for (const std::string_view table : {command, std::string_view()})
    if (const auto it =
            settings_.find({std::string(table), std::string(option)});
        it != settings_.end())
      return &it->second;
  return nullptr;
}

Settings Settings::With(const Settings& other,
                        std::span<const std::string_view> options) const {
  const auto named = [&](const auto& setting) {
    return std::ranges::count(options, setting.first.second) > 0;
  };
  Settings result = *this;
  std::erase_if(result.settings_, named);
  for (const auto& setting : other.settings_)
    if (named(setting)) result.settings_.insert(setting);
  return result;
}

Settings SettingsOf(const fs::path& folder) {
  if (const char* file = std::getenv("OPSTAT_CONFIG"))
    return *file == '\0' ? Settings() : Settings(file);
  std::error_code error;
  for (fs::path at = fs::absolute(folder, error); !error;
       at = at.parent_path()) {
    if (fs::exists(at / "opstat.toml", error))
      return Settings(at / "opstat.toml");
    if (fs::exists(at / ".git", error) || at == at.root_path()) break;
  }
  return {};
}

}  // namespace opstat::cli
