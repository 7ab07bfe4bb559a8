#include "opstat/measure/command_line.h"

#include <fmt/format.h>

#include "opstat/benchfmt/error.h"

namespace opstat::measure {
namespace {

constexpr std::string_view kBlank = " \t\n";

[[noreturn]] void Unfinished(std::string_view command, char quote) {
  throw Error(Failure::kUsage,
              fmt::format("unfinished {} in the command: {}",
                          quote == '\\' ? "backslash" : "quotation", command),
              "quote it as for a shell");
}

// Takes one quoted stretch, one escaped character or one plain one off the
// front of `rest`, appending what it stands for.
void TakePiece(std::string_view& rest, std::string& word,
               std::string_view command) {
  const char first = rest.front();
  rest.remove_prefix(1);
  if (first == '\\') {
    if (rest.empty()) Unfinished(command, first);
    if (rest.front() != '\n') word += rest.front();
    rest.remove_prefix(1);
  } else if (first == '\'' || first == '"') {
    for (; !rest.empty() && rest.front() != first; rest.remove_prefix(1)) {
      // Between double quotes a backslash escapes only these.
      const bool escape =
          first == '"' && rest.front() == '\\' && rest.size() > 1 &&
          std::string_view("$`\"\\\n").find(rest[1]) != std::string_view::npos;
      if (escape) rest.remove_prefix(1);
      if (!escape || rest.front() != '\n') word += rest.front();
    }
    if (rest.empty()) Unfinished(command, first);
    rest.remove_prefix(1);
  } else {
    word += first;
  }
}

// False at the end. An escaped newline joins lines: it is no word by itself.
bool SkipBlank(std::string_view& rest) {
  while (!rest.empty()) {
    if (rest.starts_with("\\\n"))
      rest.remove_prefix(2);
    else if (kBlank.find(rest.front()) != std::string_view::npos)
      rest.remove_prefix(1);
    else
      return true;
  }
  return false;
}

void Replace(std::string& text, std::string_view name,
             const std::string& value) {
  for (std::size_t at = text.find(name); at != std::string::npos;
       at = text.find(name, at + value.size()))
    text.replace(at, name.size(), value);
}

}  // namespace

std::vector<std::string> SplitCommand(std::string_view command) {
  std::vector<std::string> words;
  std::string_view rest = command;
  while (SkipBlank(rest)) {
    std::string& word = words.emplace_back();
    while (!rest.empty() && kBlank.find(rest.front()) == std::string_view::npos)
      TakePiece(rest, word, command);
  }
  if (words.empty()) throw Error(Failure::kUsage, "the command is empty");
  return words;
}

std::string FillFolders(std::string text, const std::filesystem::path& source,
                        const std::filesystem::path& build) {
  Replace(text, "{source}", source.string());
  Replace(text, "{build}", build.string());
  return text;
}

}  // namespace opstat::measure
