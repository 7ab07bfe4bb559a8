#include <fmt/format.h>

#include "opstat/cli/help.h"
#include "opstat/cli/manual.h"
#include "opstat/cli/version.h"

namespace opstat::cli {
namespace {

// Text that roff prints as it is: a backslash begins an escape, a plain dash is
// printed as a hyphen, which cannot be copied into a shell, and a dot or an
// apostrophe at the beginning of a line is a request.
std::string Roff(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    const bool at_start = escaped.empty() || escaped.back() == '\n';
    if (at_start && (c == '.' || c == '\'')) escaped += "\\&";
    switch (c) {
      case '\\':
        escaped += "\\e";
        break;
      case '-':
        escaped += "\\-";
        break;
      case '\'':
        escaped += "\\(aq";
        break;
      case '`':
        escaped += "\\(ga";
        break;
      case '~':
        escaped += "\\(ti";
        break;
      case '^':
        escaped += "\\(ha";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string Heading(const std::string& page) {
  std::string title;
  for (const char c : page) title += static_cast<char>(std::toupper(c));
  return fmt::format(".TH \"{}\" 1 \"\" \"{}\" \"opstat manual\"\n",
                     Roff(title), VersionText());
}

std::string Section(std::string_view name) {
  return fmt::format(".SH {}\n", name);
}

std::string Verbatim(std::string_view lines) {
  return fmt::format(".nf\n{}\n.fi\n", Roff(lines));
}

std::string Item(const std::string& term, const std::string& text) {
  return fmt::format(".TP\n.B {}\n{}\n", Roff(term), Roff(text));
}

std::string OptionItems(std::span<const Option> options) {
  std::string items;
  for (const Option& option : options)
    items += Item(Synopsis(option), Explanation(option));
  return items;
}

std::string ExitStatus(const Command* command) {
  std::string section = Section("EXIT STATUS");
  for (const auto& [code, meaning] : ExitCodes(command))
    section += Item(fmt::format("{}", code), meaning);
  return section;
}

constexpr std::string_view kEnvironment =
    "An option \\-\\-x\\-y can also be set as OPSTAT_X_Y in the environment, "
    "or as x_y in opstat.toml; the command line goes before the environment, "
    "that before the file.\n";

}  // namespace

std::string ManualPage() {
  std::string page = Heading("opstat") + Section("NAME") +
                     "opstat \\- exact allocation counts and honest "
                     "comparisons for Google Benchmark\n" +
                     Section("SYNOPSIS") +
                     ".B opstat\n.I COMMAND\n[options]\n" + Section("COMMANDS");
  for (const CommandGroup& group : CommandGroups()) {
    page += fmt::format(".SS {}\n", Roff(group.title));
    for (const Command& command : group.commands)
      page += fmt::format(".TP\n.BR opstat\\-{} (1)\n{}\n", Roff(command.name),
                          Roff(command.summary));
  }
  page += Section("OPTIONS") + OptionItems(CommonOptions()) +
          Item("--version", "what this is and what it was built from");
  return page + Section("ENVIRONMENT") + std::string(kEnvironment) +
         ExitStatus(nullptr);
}

std::string ManualPage(const Command& command) {
  const std::string name = fmt::format("opstat-{}", command.name);
  return Heading(name) + Section("NAME") +
         fmt::format("{} \\- {}\n", Roff(name), Roff(command.summary)) +
         Section("SYNOPSIS") + Verbatim(Usage(command)) + Section("EXAMPLES") +
         Verbatim(command.examples) + Section("OPTIONS") +
         OptionItems(AllOptions(command)) + Section("ENVIRONMENT") +
         std::string(kEnvironment) + ExitStatus(&command) +
         Section("SEE ALSO") + ".BR opstat (1)\n";
}

}  // namespace opstat::cli
