#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "opstat/benchfmt/error.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/json.h"
#include "opstat/cli/policy_file.h"
#include "opstat/cli/terminal.h"
#include "opstat/cli/text_table.h"

namespace opstat::cli {
namespace {

// "gate.rounds", what it is, and where that comes from.
struct Line {
  std::string name, value, origin;
};

std::string Key(std::string_view option) {
  std::string key(option);
  std::ranges::replace(key, '-', '_');
  return key;
}

std::string ValueOf(const Arguments& arguments, const Option& option) {
  if (option.argument.empty())
    return arguments.Has(option.LongName()) ? "true" : "false";
  const std::vector<std::string> all = arguments.All(option.LongName());
  return all.empty() ? std::string(option.fallback)
                     : fmt::format("{}", fmt::join(all, ", "));
}

std::vector<Line> LinesOf(const Command& command, const Settings& settings) {
  const Arguments arguments(command, {}, settings);
  std::vector<Line> lines;
  for (const Option& option : command.options)
    lines.push_back({fmt::format("{}.{}", command.name, Key(option.LongName())),
                     ValueOf(arguments, option),
                     arguments.Origin(option.LongName())});
  return lines;
}

std::vector<Line> Settled(const Arguments& arguments) {
  arguments.LimitPositional(1);
  const auto& words = arguments.positional();
  if (!words.empty() && FindCommand(words[0]) == nullptr)
    throw Error(Failure::kUsage,
                fmt::format("no command is called '{}'", words[0]),
                "opstat help lists the commands");
  std::vector<Line> lines;
  for (const Command& command : Commands()) {
    if (!words.empty() && command.name != words[0]) continue;
    std::ranges::move(LinesOf(command, arguments.settings()),
                      std::back_inserter(lines));
  }
  return lines;
}

std::string Text(const std::vector<Line>& lines,
                 const std::vector<RuleLine>& rules, bool origins) {
  TextTable table;
  const auto add = [&](const std::string& setting, const std::string& origin) {
    table.NextRow();
    table.Put(0, {.text = OneLine(setting), .margin = ""});
    if (origins) table.Put(1, {.text = OneLine(origin), .margin = "  "});
  };
  for (const Line& line : lines)
    add(fmt::format("{} = {}", line.name, line.value), line.origin);
  for (const RuleLine& rule : rules)
    add(fmt::format("rule: {}", rule.text), rule.origin);
  return table.Format();
}

std::string Document(const std::vector<Line>& lines,
                     const std::vector<RuleLine>& rules) {
  Json json;
  json.Object([&] {
    json.Field("schema", "opstat.config/1");
    json.Key("settings").Array([&] {
      for (const Line& line : lines)
        json.Object([&] {
          json.Field("name", line.name);
          json.Field("value", line.value);
          json.Field("origin", line.origin);
        });
    });
    json.Key("rules").Array([&] {
      for (const RuleLine& rule : rules)
        json.Object([&] {
          json.Field("rule", rule.text);
          json.Field("origin", rule.origin);
        });
    });
  });
  return json.Text() + "\n";
}

}  // namespace

int ConfigCommand(const Arguments& arguments, Streams& streams) {
  const std::vector<Line> lines = Settled(arguments);
  const Settings& settings = arguments.settings();
  // Checked as a gate would, then shown as they were written.
  ParseRules(settings.text(), settings.name());
  const auto rules = DescribeRules(settings.text(), settings.name());
  streams.out << (arguments.Has("json")
                      ? Document(lines, rules)
                      : Text(lines, rules, arguments.Has("show-origin")));
  return 0;
}

}  // namespace opstat::cli
