#include "opstat/cli/settings.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cstdlib>

#include "opstat/benchfmt/error.h"
#include "opstat/cli/command.h"
#include "opstat/cli/nearest.h"

namespace opstat::cli {
namespace {

namespace fs = std::filesystem;

std::string Where(const fs::path& file, const toml::source_region& at) {
  return fmt::format("{}:{}:{}", file.filename().string(), at.begin.line,
                     at.begin.column);
}

[[noreturn]] void Refuse(const std::string& where, std::string_view message,
                         const std::string& hint = {}) {
  throw Error(Failure::kUsage, fmt::format("{}: {}", where, message), hint);
}

std::string OptionName(std::string_view key) {
  std::string name(key);
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

bool CanBeSet(std::string_view option) {
  return option != "out" && option != "help" && !option.starts_with("export-");
}

// The options that a key of this table may name; of all commands for "".
std::vector<std::string_view> Options(std::string_view command) {
  std::vector<std::string_view> names;
  const auto add = [&](std::span<const Option> options) {
    for (const Option& option : options)
      if (CanBeSet(option.LongName())) names.push_back(option.LongName());
  };
  for (const Command& candidate : Commands())
    if (command.empty() || candidate.name == command) add(candidate.options);
  add(CommonOptions());
  return names;
}

std::string ScalarText(const toml::node& node, const std::string& where) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* whole = node.as_integer())
    return std::to_string(whole->get());
  if (const auto* real = node.as_floating_point())
    return fmt::format("{}", real->get());
  if (const auto* flag = node.as_boolean())
    return flag->get() ? "true" : "false";
  Refuse(where, "takes a text, a number, true or false, or an array of them");
}

Setting Read(const toml::node& node, const fs::path& file) {
  Setting setting{{}, Where(file, node.source())};
  if (const auto* array = node.as_array())
    for (const toml::node& element : *array)
      setting.values.push_back(
          ScalarText(element, Where(file, element.source())));
  else
    setting.values.push_back(ScalarText(node, setting.where));
  return setting;
}

void CheckOption(std::string_view command, std::string_view key,
                 const std::string& where) {
  const auto options = Options(command);
  const std::string name = OptionName(key);
  if (key.find('-') == std::string_view::npos &&
      std::find(options.begin(), options.end(), name) != options.end())
    return;
  std::string nearest(Nearest(name, options));
  std::replace(nearest.begin(), nearest.end(), '-', '_');
  Refuse(where, fmt::format("no option is called '{}'", key),
         nearest.empty() ? "opstat help COMMAND lists the options"
                         : fmt::format("did you mean {}?", nearest));
}

toml::table Parse(const fs::path& file) {
  try {
    return toml::parse_file(file.string());
  } catch (const toml::parse_error& error) {
    Refuse(Where(file, error.source()), error.description());
  }
}

}  // namespace

Settings::Settings(const fs::path& file) {
  const auto take = [&](std::string_view command, const toml::key& key,
                        const toml::node& node) {
    CheckOption(command, key.str(), Where(file, key.source()));
    settings_[{std::string(command), OptionName(key.str())}] = Read(node, file);
  };
  for (const auto& [key, node] : Parse(file)) {
    if (node.is_array_of_tables()) continue;
    const toml::table* table = node.as_table();
    if (table == nullptr) {
      take("", key, node);
      continue;
    }
    if (FindCommand(key.str()) == nullptr)
      Refuse(Where(file, key.source()),
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
