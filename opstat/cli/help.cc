#include "opstat/cli/help.h"

#include <fmt/format.h>

#include <algorithm>

namespace opstat::cli {
namespace {

std::string Indent(std::string_view lines) {
  std::string indented = "  ";
  for (char c : lines) {
    indented += c;
    if (c == '\n') indented += "  ";
  }
  return indented + "\n";
}

std::string ExitCodeLines(const Command* command) {
  std::string lines = "Exit codes:\n";
  for (const auto& [code, meaning] : ExitCodes(command))
    lines += fmt::format("  {:<4} {}\n", code, meaning);
  return lines;
}

// Wide enough for a synopsis and its two blanks; what is longer sticks out.
constexpr std::size_t kSynopsisWidth = 22;

}  // namespace

std::string Usage(const Command& command) {
  return fmt::format("opstat {}{}{}", command.name,
                     command.usage.empty() ? "" : " ", command.usage);
}

std::string Synopsis(const Option& option) {
  std::string synopsis = fmt::format("--{}", option.LongName());
  if (!option.ShortName().empty())
    synopsis = fmt::format("-{}, {}", option.ShortName(), synopsis);
  if (!option.argument.empty()) synopsis += fmt::format(" {}", option.argument);
  return synopsis;
}

std::string Explanation(const Option& option) {
  return option.fallback.empty()
             ? std::string(option.help)
             : fmt::format("{} [{}]", option.help, option.fallback);
}

std::vector<Option> AllOptions(const Command& command) {
  std::vector<Option> all(command.options.begin(), command.options.end());
  all.insert(all.end(), CommonOptions().begin(), CommonOptions().end());
  return all;
}

std::vector<std::pair<int, std::string>> ExitCodes(const Command* command) {
  const auto takes_exit_code = [](const Command& one) {
    return std::ranges::any_of(one.options, [](const Option& option) {
      return option.name == "exit-code";
    });
  };
  std::vector<std::pair<int, std::string>> codes = {
      {0, "fine"},
      {2, "usage or configuration"},
      {4, "could not build, run or find a benchmark"},
      {5, "bad, newer or unreadable data"},
      {130, "interrupted"}};
  const bool gates = command != nullptr && command->name == "gate";
  const std::string when = command == nullptr ? "gate, or with --exit-code: "
                           : gates            ? ""
                                              : "with --exit-code: ";
  if (command == nullptr || gates || takes_exit_code(*command)) {
    codes.insert(codes.begin() + 2, {3, when + "cannot tell"});
    if (command == nullptr || command->name != "bisect")
      codes.insert(codes.begin() + 1,
                   {1, when + "a regression, or one is missing"});
  }
  return codes;
}

std::string Help() {
  std::string help =
      "opstat: exact allocation counts and honest comparisons for Google "
      "Benchmark.\n\n"
      "  opstat run --out new.json -- ./my_bench     measure, one process a "
      "sample\n"
      "  opstat stat old.json new.json               compare: medians, "
      "intervals, verdicts\n\n";
  for (const CommandGroup& group : CommandGroups()) {
    help += fmt::format("{}:\n", group.title);
    for (const Command& command : group.commands)
      help += fmt::format("  {:<10} {}\n", command.name, command.summary);
    help += '\n';
  }
  help +=
      "'opstat help COMMAND' shows its options, 'opstat --version' what this "
      "is.\n";
  return help + ExitCodeLines(nullptr);
}

std::string Help(const Command& command) {
  std::string help = fmt::format("opstat {}: {}\n\n{}\n", command.name,
                                 command.summary, Indent(command.examples));
  help += fmt::format("Usage: {}\n\n", Usage(command));
  for (const Option& option : AllOptions(command))
    help += fmt::format("  {:<{}} {}\n", Synopsis(option), kSynopsisWidth,
                        Explanation(option));
  return help +
         "\nAn option --x-y can also be set as OPSTAT_X_Y in the environment, "
         "or as x_y in\nopstat.toml.\n" +
         ExitCodeLines(&command);
}

}  // namespace opstat::cli
