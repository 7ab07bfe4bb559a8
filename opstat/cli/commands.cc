#include <fmt/format.h>

#include <vector>

#include "opstat/benchfmt/error.h"
#include "opstat/cli/command.h"
#include "opstat/cli/command_groups.h"
#include "opstat/cli/nearest.h"

namespace opstat::cli {
namespace {

constexpr Option kCommon[] = {
    {"color", "WHEN", "auto", "auto, always or never; NO_COLOR is honoured",
     "auto|always|never"},
    {"quiet,q", "", "", "no progress and no hints on stderr"},
    {"help,h", "", "", "show this help"},
};

std::vector<Command> AllOf(std::span<const CommandGroup> groups) {
  std::vector<Command> all;
  for (const CommandGroup& group : groups)
    all.insert(all.end(), group.commands.begin(), group.commands.end());
  return all;
}

}  // namespace

std::vector<std::string> Words(std::string_view choices) {
  std::vector<std::string> words;
  while (!choices.empty()) {
    const std::size_t bar = std::min(choices.find('|'), choices.size());
    words.emplace_back(choices.substr(0, bar));
    choices.remove_prefix(std::min(bar + 1, choices.size()));
  }
  return words;
}

std::span<const CommandGroup> CommandGroups() {
  static const CommandGroup groups[] = {MeasureCommands(), JudgeCommands(),
                                        HistoryCommands(), ProjectCommands()};
  return groups;
}

std::span<const Command> Commands() {
  static const std::vector<Command> all = AllOf(CommandGroups());
  return all;
}

std::span<const Option> CommonOptions() { return kCommon; }

const Command* FindCommand(std::string_view name) {
  for (const Command& command : Commands())
    if (command.name == name) return &command;
  return nullptr;
}

const Command& CommandNamed(std::string_view name) {
  if (const Command* command = FindCommand(name)) return *command;
  std::vector<std::string_view> names;
  for (const Command& command : Commands()) names.push_back(command.name);
  const std::string_view nearest = Nearest(name, names);
  throw Error(Failure::kUsage, fmt::format("unknown command '{}'", name),
              nearest.empty()
                  ? "opstat help"
                  : fmt::format("did you mean 'opstat {}'?", nearest));
}

}  // namespace opstat::cli
