#include "opstat/cli/app.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>

#include "opstat/benchfmt/error.h"
#include "opstat/cli/arguments.h"
#include "opstat/cli/help.h"
#include "opstat/cli/render_json.h"
#include "opstat/cli/terminal.h"
#include "opstat/cli/version.h"
#include "opstat/measure/child.h"

namespace opstat::cli {
namespace {

constexpr int kInterruptedCode = 130;

// The command line in its three parts. Options of every command may stand
// before the command.
struct Line {
  std::vector<std::string> before;
  std::string command;  // "": none
  std::vector<std::string> after;
};

bool IsCommon(const std::string& word, bool& takes_value) {
  const std::string_view name =
      std::string_view(word).substr(0, word.find('='));
  for (const Option& option : CommonOptions()) {
    if (name != fmt::format("--{}", option.LongName()) &&
        name != fmt::format("-{}", option.ShortName()))
      continue;
    takes_value = !option.argument.empty() && name.size() == word.size();
    return true;
  }
  return false;
}

Line Split(const std::vector<std::string>& words) {
  Line line;
  auto word = words.begin();
  for (; word != words.end() && word->starts_with('-'); ++word) {
    bool takes_value = false;
    if (!IsCommon(*word, takes_value))
      throw Error(Failure::kUsage,
                  fmt::format("unknown option '{}' before the command", *word),
                  "options of a command follow it: opstat COMMAND [options]");
    line.before.push_back(*word);
    if (takes_value && word + 1 != words.end()) line.before.push_back(*++word);
  }
  if (word == words.end()) return line;
  line.command = *word;
  line.after.assign(word + 1, words.end());
  return line;
}

bool AsksForHelp(const std::vector<std::string>& words) {
  const auto dashes = std::find(words.begin(), words.end(), "--");
  return std::any_of(words.begin(), dashes, [](const std::string& word) {
    return word == "-h" || word == "--help";
  });
}

int Dispatch(const std::vector<std::string>& words, Streams& streams) {
  if (!words.empty() && (words[0] == "--version" || words[0] == "version")) {
    streams.out << BuildText() << '\n';
    return 0;
  }
  const Line line = Split(words);
  if (line.command.empty()) {
    if (!AsksForHelp(line.before))
      throw Error(Failure::kUsage, "no command", "opstat help");
    streams.out << Help();
    return 0;
  }
  std::vector<std::string> rest = line.before;
  rest.insert(rest.end(), line.after.begin(), line.after.end());
  const Command& command = CommandNamed(line.command);
  if (AsksForHelp(rest)) {
    streams.out << Help(command);
    return 0;
  }
  const Arguments arguments(
      command, rest, command.reads_settings ? SettingsOf(".") : Settings());
  if (command.usage.find("-- ") == std::string_view::npos)
    arguments.RefuseTail(fmt::format("opstat help {}", command.name));
  return command.run(arguments, streams);
}

// An error is a document then, whatever it is, so this asks before any parse.
bool WantsJson(const std::vector<std::string>& words) {
  const auto dashes = std::find(words.begin(), words.end(), "--");
  const auto format = std::find(words.begin(), dashes, "--format");
  return std::find(words.begin(), dashes, "--json") != dashes ||
         std::find(words.begin(), dashes, "--format=json") != dashes ||
         (format != dashes && format + 1 != dashes && format[1] == "json");
}

int Report(const Error& error, bool json, Streams& streams) {
  const int code = static_cast<int>(error.failure());
  if (json) {
    streams.out << ErrorJson(error) << '\n';
  } else {
    streams.err << "opstat: " << EscapeForTerminal(error.what()) << '\n';
    if (!error.hint().empty())
      streams.err << "  " << Paragraph(error.hint()) << '\n';
  }
  return code;
}

}  // namespace

int App(const std::vector<std::string>& words, Streams& streams) {
  const bool json = WantsJson(words);
  try {
    const int code = Dispatch(words, streams);
    streams.out.flush();
    if (!streams.out)
      throw Error(Failure::kBadData, "cannot write to standard output",
                  "is the disk full, or the reader gone?");
    return code;
  } catch (const Error& error) {
    return Report(error, json, streams);
  } catch (const std::exception& error) {
    return Report(Error(Failure::kBadData, error.what(),
                        "this is a defect of opstat; please report it"),
                  json, streams);
  } catch (const measure::Interrupted&) {
    streams.err << "opstat: interrupted\n";
    return kInterruptedCode;
  }
}

}  // namespace opstat::cli
