#include "opstat/cli/command_sides.h"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "opstat/benchfmt/content_id.h"
#include "opstat/benchfmt/error.h"
#include "opstat/cli/git_sides.h"
#include "opstat/measure/command_line.h"

namespace opstat::cli {
namespace {

namespace fs = std::filesystem;

std::string Shortened(std::string text) {
  constexpr std::size_t kHeading = 36;
  if (text.size() <= kHeading) return text;
  std::size_t end = kHeading;
  // Not within a character of UTF-8.
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
    --end;
  return text.substr(0, end) + "…";
}

std::string LabelOf(const measure::Environment& environment,
                    const std::vector<std::string>& argv) {
  std::string label;
  for (const auto& [name, value] : environment)
    label += fmt::format("{}={} ", name, value);
  label += fs::path(argv[0]).filename().string();
  for (std::size_t i = 1; i < argv.size(); ++i) label += " " + argv[i];
  return label;
}

measure::Side CommandSide(const Arguments& arguments,
                          const std::string& side_name) {
  const std::string command = arguments.Text(side_name + "-cmd");
  if (command.empty())
    throw Error(Failure::kUsage,
                fmt::format("opstat {}: no --{}-cmd", arguments.command().name,
                            side_name),
                fmt::format("opstat {} --base-cmd './old_bench' --head-cmd "
                            "'./new_bench'",
                            arguments.command().name));
  measure::Side side{.label = {},
                     .source = {},
                     .build = {},
                     .argv = measure::SplitCommand(command),
                     .environment = Variables(arguments, side_name + "-env")};
  side.label = Shortened(LabelOf(side.environment, side.argv));
  return side;
}

fs::path FindProgram(const std::string& argv0) {
  if (argv0.find('/') != std::string::npos) return argv0;
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    std::error_code error;
    if (fs::is_regular_file(fs::path(folder) / argv0, error))
      return fs::path(folder) / argv0;
  }
  return {};
}

}  // namespace

std::vector<measure::Side> CommandSides(const Arguments& arguments) {
  return {CommandSide(arguments, "base"), CommandSide(arguments, "head")};
}

std::string ProgramFingerprint(const std::string& argv0) {
  std::ifstream file(FindProgram(argv0), std::ios::binary);
  if (!file) return "";
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return benchfmt::ContentId(bytes.view());
}

}  // namespace opstat::cli
