#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "opstat/benchfmt/error.h"
#include "opstat/checkout/build.h"
#include "opstat/checkout/build_cache.h"
#include "opstat/checkout/cmake_targets.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/git.h"
#include "opstat/cli/output_file.h"
#include "opstat/cli/plural.h"
#include "opstat/cli/terminal.h"

namespace opstat::cli {
namespace {

namespace fs = std::filesystem;
using checkout::BenchmarkProgram;

// A basic string of TOML.
std::string Quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (static_cast<unsigned char>(c) < 0x20)
      quoted += fmt::format("\\u{:04x}", c);
    else
      quoted += c;
  }
  return quoted + '"';
}

// Configures, in a folder that is gone afterwards, to ask what there is to run.
std::vector<BenchmarkProgram> FindPrograms(const fs::path& root) {
  const checkout::BuildCache cache(checkout::DefaultCacheRoot());
  const checkout::CacheEntry entry = cache.Create();
  checkout::Build("the project",
                  {.command = "cmake -S {source} -B {build} "
                              "-DCMAKE_BUILD_TYPE=Release"},
                  root, entry.build(), cache.LogFile(entry));
  return checkout::BenchmarkPrograms(entry.build());
}

std::string ProgramLines(const std::vector<BenchmarkProgram>& programs) {
  if (programs.empty())
    return "# build = \"make bench\"\n# program = \"{source}/bench\"\n";
  std::string lines;
  for (const BenchmarkProgram& program : programs) {
    const std::string_view off = lines.empty() ? "" : "# ";
    const std::string build =
        fmt::format("{} --target {}", checkout::kCMakeBuild, program.target);
    lines += fmt::format("{}build = {}\n{}program = {}\n", off, Quoted(build),
                         off, Quoted("{build}/" + program.path.string()));
  }
  return lines;
}

std::string Text(const std::vector<BenchmarkProgram>& programs) {
  return "# opstat's settings. A key is an option's name with _ for -; the\n"
         "# command line and OPSTAT_* in the environment go before it.\n\n"
         "# How one version is built: given to `sh -c` in that version's\n"
         "# sources. {source} and {build} are that version's own folders.\n"
         "# What is run: split as a shell would, but no shell is started.\n" +
         ProgramLines(programs) +
         "\n# What a bare `opstat compare` starts from where there is no\n"
         "# origin/HEAD, main or master.\n"
         "# default_branch = \"trunk\"\n\n"
         "# For every command that measures; for one: under [compare].\n"
         "# rounds = 10\n# min_time = 0.1\n";
}

}  // namespace

int InitCommand(const Arguments& arguments, Streams& streams) {
  arguments.LimitPositional(0);
  const std::string top = GitRoot();
  const fs::path root = top.empty() ? fs::current_path() : fs::path(top);
  const fs::path file = root / "opstat.toml";
  if (fs::exists(fs::symlink_status(file)))
    throw Error(Failure::kUsage,
                fmt::format("'{}' is there already", file.string()),
                "edit it, or remove it first");
  const bool cmake = fs::exists(root / "CMakeLists.txt");
  const auto programs =
      cmake ? FindPrograms(root) : std::vector<BenchmarkProgram>();
  OutputFile(file.string()).Commit(Text(programs));
  streams.err << fmt::format("wrote {}: ", EscapeForTerminal(file.string()));
  if (programs.empty())
    streams.err << (cmake ? "no target of CMake's links Google Benchmark; "
                          : "no CMakeLists.txt; ")
                << "say there how to build and what to run\n";
  else
    streams.err << fmt::format(
        "{} is chosen, of {} linking Google Benchmark; opstat compare\n",
        programs[0].target, CountOf(programs.size(), "program"));
  return 0;
}

}  // namespace opstat::cli
