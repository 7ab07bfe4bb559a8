#include "opstat/cli/help.h"

#include <fmt/format.h>

#include <iterator>

namespace opstat::cli {
namespace {

constexpr std::string_view kExitCodes =
    "Exit codes: 0 fine; 2 usage; 4 could not run or found no benchmark; 5 "
    "bad\n"
    "data; 130 interrupted; with --exit-code: 1 regression, 3 cannot tell.\n";

std::string Indent(std::string_view lines) {
  std::string indented = "  ";
  for (char c : lines) {
    indented += c;
    if (c == '\n') indented += "  ";
  }
  return indented + "\n";
}

std::string Synopsis(const Option& option) {
  std::string synopsis = fmt::format("--{}", option.LongName());
  if (const std::size_t comma = option.name.find(',');
      comma != std::string_view::npos)
    synopsis = fmt::format("-{}, {}", option.name.substr(comma + 1), synopsis);
  if (!option.argument.empty()) synopsis += fmt::format(" {}", option.argument);
  return synopsis;
}

void List(std::span<const Option> options, std::string& into) {
  for (const Option& option : options) {
    into += fmt::format("  {:<22} {}", Synopsis(option), option.help);
    if (!option.fallback.empty()) into += fmt::format(" [{}]", option.fallback);
    into += '\n';
  }
}

}  // namespace

std::string Help() {
  std::string help =
      "opstat: exact allocation counts and honest comparisons for Google "
      "Benchmark.\n\n"
      "  opstat run --out new.json -- ./my_bench     measure, one process a "
      "sample\n"
      "  opstat stat old.json new.json               compare: medians, "
      "intervals, verdicts\n\n"
      "Commands:\n";
  for (const Command& command : Commands())
    help += fmt::format("  {:<8} {}\n", command.name, command.summary);
  help += fmt::format("  {:<8} {}\n", "help", "this, or the help of a command");
  help +=
      "\n'opstat help COMMAND' shows its options; 'opstat --version' the "
      "version.\n";
  help += kExitCodes;
  return help;
}

std::string Help(const Command& command) {
  std::string help = fmt::format("opstat {}: {}\n\n{}\n", command.name,
                                 command.summary, Indent(command.examples));
  help += fmt::format("Usage: opstat {} {}\n\n", command.name, command.usage);
  List(command.options, help);
  List(CommonOptions(), help);
  help += fmt::format(
      "\nAn option --x-y can also be set as OPSTAT_X_Y in the environment.\n{}",
      kExitCodes);
  return help;
}

}  // namespace opstat::cli
