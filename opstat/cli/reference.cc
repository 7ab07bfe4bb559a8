#include <fmt/format.h>

#include "opstat/cli/help.h"
#include "opstat/cli/manual.h"

namespace opstat::cli {
namespace {

// Within a cell a bar would begin the next one, and markup shows as typed.
std::string Cell(std::string_view text) {
  std::string cell;
  for (const char c : text) {
    if (std::string_view("|*_<>[]`\\").find(c) != std::string_view::npos)
      cell += '\\';
    cell += c;
  }
  return cell;
}

std::string Code(const std::string& text) {
  std::string code = "`";
  for (const char c : text) {
    if (c == '|') code += '\\';
    code += c;
  }
  return code + "`";
}

std::string OptionTable(std::span<const Option> options) {
  std::string table = "| option | |\n|---|---|\n";
  for (const Option& option : options)
    table += fmt::format("| {} | {} |\n", Code(Synopsis(option)),
                         Cell(Explanation(option)));
  return table;
}

std::string Section(const Command& command) {
  std::string section =
      fmt::format("## opstat {}\n\n{}\n\n```sh\n{}\n```\n\n", command.name,
                  Cell(command.summary), command.examples);
  section += fmt::format("Usage: {}\n", Code(Usage(command)));
  if (!command.options.empty()) section += "\n" + OptionTable(command.options);
  return section + "\n";
}

}  // namespace

std::string Reference() {
  std::string page =
      "# Reference\n\nEvery command and option. Written by "
      "`opstat help --markdown` (`make reference`) from the\ntable that parses "
      "them; do not edit.\n\n";
  for (const CommandGroup& group : CommandGroups())
    for (const Command& command : group.commands)
      page += fmt::format("- [opstat {0}](#opstat-{0}): {1}\n", command.name,
                          Cell(command.summary));
  page += "\n";
  for (const Command& command : Commands()) page += Section(command);
  page += "## Options of every command\n\n" + OptionTable(CommonOptions()) +
          "\nAn option `--x-y` can also be set as `OPSTAT_X_Y` in the "
          "environment, or as `x_y` in opstat.toml: the\ncommand line goes "
          "before the environment, that before the file, that before the "
          "value in brackets.\n\n## Exit codes\n\n| code | |\n|---|---|\n";
  for (const auto& [code, meaning] : ExitCodes(nullptr))
    page += fmt::format("| {} | {} |\n", code, Cell(meaning));
  return page + "\nPrecedence where several hold: 130, 2, 5, 4, 1, 3, 0.\n";
}

}  // namespace opstat::cli
