#include "opstat/cli/arguments.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <cassert>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "opstat/benchfmt/error.h"
#include "opstat/cli/nearest.h"
#include "opstat/cli/switch_text.h"

namespace opstat::cli {
namespace {

namespace po = boost::program_options;

constexpr const char* kPositional = "positional argument";

void Declare(std::span<const Option> table, po::options_description& into) {
  for (const Option& option : table) {
    const std::string name(option.name);
    if (option.argument.empty())
      into.add_options()(name.c_str(), "");
    else
      into.add_options()(name.c_str(), po::value<std::string>(), "");
  }
}

[[noreturn]] void Misuse(const Command& command, const std::string& message,
                         const std::string& hint = {}) {
  throw Error(
      Failure::kUsage, fmt::format("opstat {}: {}", command.name, message),
      hint.empty() ? fmt::format("opstat help {}", command.name) : hint);
}

[[noreturn]] void RefuseUnknown(const Command& command,
                                std::string_view given) {
  given = given.substr(0, given.find('='));
  std::vector<std::string_view> names;
  for (const auto& table : {command.options, CommonOptions()})
    for (const Option& option : table) names.push_back(option.LongName());
  const std::string_view word =
      given.substr(std::min(given.find_first_not_of('-'), given.size()));
  const std::string_view nearest = Nearest(word, names);
  Misuse(command, fmt::format("unknown option '{}'", given),
         nearest.empty() ? "" : fmt::format("did you mean --{}?", nearest));
}

std::string Variable(std::string_view option) {
  std::string name = "OPSTAT_";
  for (char c : option)
    name += c == '-' ? '_' : static_cast<char>(std::toupper(c));
  return name;
}

const Option* FindOption(const Command& command, std::string_view name) {
  for (const auto& table : {command.options, CommonOptions()})
    for (const Option& option : table)
      if (option.LongName() == name) return &option;
  return nullptr;
}

bool IsOption(const Command& command, std::string_view word) {
  return word.starts_with("--") &&
         FindOption(command, word.substr(2, word.find('=') - 2)) != nullptr;
}

std::string Complaint(const po::invalid_command_line_syntax& error) {
  using Kind = po::invalid_syntax::kind_t;
  const bool lacks_value = error.kind() == Kind::missing_parameter ||
                           error.kind() == Kind::empty_adjacent_parameter;
  return lacks_value
             ? fmt::format("option '{}' needs a value", error.get_option_name())
             : std::string(error.what());
}

// Guessing is off: an abbreviation that works would become an interface.
constexpr int kStyle = po::command_line_style::unix_style &
                       ~po::command_line_style::allow_guessing;

}  // namespace

Arguments::Arguments(const Command& command,
                     const std::vector<std::string>& words, Settings settings)
    : command_(command), words_(words), settings_(std::move(settings)) {
  // Boost swallows the `--`, so the tail is cut off before it looks.
  const auto dashes = std::find(words.begin(), words.end(), "--");
  if (dashes != words.end()) tail_.assign(dashes + 1, words.end());

  po::options_description description;
  Declare(command.options, description);
  Declare(CommonOptions(), description);
  description.add_options()(kPositional, po::value<std::vector<std::string>>());
  po::positional_options_description positions;
  positions.add(kPositional, -1);
  try {
    const auto parsed = po::command_line_parser({words.begin(), dashes})
                            .options(description)
                            .positional(positions)
                            .style(kStyle)
                            .run();
    for (const auto& option : parsed.options) {
      const std::string value =
          option.value.empty() ? "" : option.value.front();
      // Boost takes whatever follows as the value, another option too.
      if (option.original_tokens.size() == 2 && IsOption(command, value))
        Misuse(command,
               fmt::format("option '--{}' needs a value, and '{}' is "
                           "an option",
                           option.string_key, value),
               fmt::format("--{}={}, if that is the value", option.string_key,
                           value));
      if (option.string_key == kPositional)
        positional_.push_back(value);
      else
        given_[option.string_key].push_back(value);
    }
  } catch (const po::unknown_option& error) {
    RefuseUnknown(command, error.get_option_name());
  } catch (const po::invalid_command_line_syntax& error) {
    Misuse(command, Complaint(error));
  } catch (const po::error& error) {
    Misuse(command, error.what());
  }
}

std::optional<Arguments::Value> Arguments::Find(std::string_view option) const {
  if (const auto it = given_.find(option); it != given_.end())
    return Value{it->second, fmt::format("--{}", option)};
  const std::string variable = Variable(option);
  const char* value = std::getenv(variable.c_str());
  if (value != nullptr && *value != '\0') return Value{{value}, variable};
  if (const Setting* setting = settings_.Find(command_.name, option))
    return Value{setting->values, setting->where};
  return std::nullopt;
}

std::vector<std::string> Arguments::Resolved(const Command& command) const {
  std::vector<std::string> words;
  for (const auto& table : {command.options, CommonOptions()})
    for (const Option& option : table) {
      const std::string name = fmt::format("--{}", option.LongName());
      if (option.argument.empty() && Has(option.LongName()))
        words.push_back(name);
      if (option.argument.empty()) continue;
      for (const std::string& value : All(option.LongName())) {
        // Boost takes `--filter=` for a value that was forgotten.
        words.push_back(value.empty() ? name : name + '=' + value);
        if (value.empty()) words.emplace_back();
      }
    }
  words.insert(words.end(), positional_.begin(), positional_.end());
  if (tail_.empty()) return words;
  words.emplace_back("--");
  words.insert(words.end(), tail_.begin(), tail_.end());
  return words;
}

std::string Arguments::Origin(std::string_view option) const {
  const auto value = Find(option);
  return value ? value->origin : "default";
}

bool Arguments::Has(std::string_view option) const {
  if (given_.contains(option)) return true;
  const std::vector<std::string> all = All(option);
  const std::string text = all.empty() ? "" : all.back();
  const Option* found = FindOption(command_, option);
  const std::optional<bool> on = ParseSwitch(text);
  if (!on && found != nullptr && found->argument.empty())
    Refuse(option, kSwitchWants);
  return on.value_or(true);
}

std::string Arguments::Text(std::string_view option) const {
  const std::vector<std::string> all = All(option);
  if (!all.empty()) return all.back();
  const Option* found = FindOption(command_, option);
  return found ? std::string(found->fallback) : "";
}

std::vector<std::string> Arguments::All(std::string_view option) const {
  auto value = Find(option);
  return value ? std::move(value->texts) : std::vector<std::string>();
}

void Arguments::Refuse(std::string_view option,
                       const std::string& wants) const {
  const std::string origin = Origin(option);
  Misuse(command_,
         fmt::format("--{} takes {}, not '{}'", option, wants, Text(option)),
         origin.starts_with("--") || origin == "default"
             ? std::string()
             : fmt::format("the value comes from {}", origin));
}

std::int64_t Arguments::Integer(std::string_view option, std::int64_t low,
                                std::int64_t high) const {
  const std::string text = Text(option);
  std::int64_t value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < low ||
      value > high)
    Refuse(option, fmt::format("a whole number from {} to {}", low, high));
  return value;
}

double Arguments::Number(std::string_view option, double low,
                         double high) const {
  const std::string text = Text(option);
  double value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() ||
      !(value >= low && value <= high))
    Refuse(option, fmt::format("a number from {} to {}", low, high));
  return value;
}

std::string Arguments::Choice(std::string_view option) const {
  const Option* found = FindOption(command_, option);
  assert(found != nullptr && !found->choices.empty());
  const std::vector<std::string> choices = Words(found->choices);
  std::string text = Text(option);
  if (std::find(choices.begin(), choices.end(), text) == choices.end())
    Refuse(option, fmt::format("{}", fmt::join(choices, ", ")));
  return text;
}

void Arguments::RefuseGiven(std::string_view option, const std::string& needs,
                            const std::string& hint) const {
  if (given_.contains(option))
    Misuse(command_, fmt::format("--{} needs {}", option, needs), hint);
}

void Arguments::RefuseTail(const std::string& hint) const {
  if (!tail_.empty())
    Misuse(command_, fmt::format("nothing takes the '{}' behind --", tail_[0]),
           hint);
}

void Arguments::LimitPositional(std::size_t most) const {
  if (positional_.size() > most)
    Misuse(command_, fmt::format("unexpected argument '{}'", positional_[most]),
           tail_.empty() && command_.usage.find("--") != std::string_view::npos
               ? fmt::format("opstat {} {}", command_.name, command_.usage)
               : std::string());
}

}  // namespace opstat::cli
