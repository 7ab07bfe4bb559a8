#include "opstat/cli/app.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>

#include "opstat/benchfmt/error.h"
#include "opstat/cli/arguments.h"
#include "opstat/cli/help.h"
#include "opstat/cli/nearest.h"
#include "opstat/cli/render_json.h"
#include "opstat/cli/terminal.h"
#include "opstat/cli/version.h"
#include "opstat/measure/child.h"

namespace opstat::cli {
namespace {

constexpr int kInterruptedCode = 130;

[[noreturn]] void UnknownCommand(const std::string& word) {
  std::vector<std::string_view> names;
  for (const Command& command : Commands()) names.push_back(command.name);
  const std::string_view nearest = Nearest(word, names);
  throw Error(Failure::kUsage, fmt::format("unknown command '{}'", word),
              nearest.empty()
                  ? "opstat help"
                  : fmt::format("did you mean 'opstat {}'?", nearest));
}

const Command& CommandNamed(const std::string& word) {
  const Command* command = FindCommand(word);
  if (command == nullptr) UnknownCommand(word);
  return *command;
}

int Dispatch(const std::vector<std::string>& words, Streams& streams) {
  if (words.empty()) throw Error(Failure::kUsage, "no command", "opstat help");
  const std::string& first = words[0];
  if (first == "--version" || first == "version") {
    streams.out << BuildText() << '\n';
  } else if (first == "help" || first == "--help" || first == "-h") {
    streams.out << (words.size() > 1 ? Help(CommandNamed(words[1])) : Help());
  } else {
    const Arguments arguments(
        CommandNamed(first), {words.begin() + 1, words.end()}, SettingsOf("."));
    if (!arguments.Has("help"))
      return arguments.command().run(arguments, streams);
    streams.out << Help(arguments.command());
  }
  return 0;
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
      streams.err << "  " << EscapeForTerminal(error.hint()) << '\n';
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
