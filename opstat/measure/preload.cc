#include "opstat/measure/preload.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <sstream>

#include "opstat/measure/child.h"
#include "opstat/measure/result_file.h"

namespace opstat::measure {
namespace {

namespace fs = std::filesystem;

constexpr const char* kShimName = "libopstat_preload.so";

// Beside this executable: bin/../lib in the build folder, the library folder
// of the prefix where installed.
fs::path FindShim() {
  std::error_code ignored;
  const fs::path here =
      fs::read_symlink("/proc/self/exe", ignored).parent_path();
  for (const char* folder : {"../lib", OPSTAT_LIBRARY_FOLDER}) {
    const fs::path shim =
        fs::weakly_canonical(here / folder / kShimName, ignored);
    if (fs::exists(shim, ignored)) return shim;
  }
  return {};
}

// A name that LD_PRELOAD can hold: it separates by spaces and colons, and has
// no way to escape one. The descriptor stays open as long as children may
// start.
std::string LoadableName(const fs::path& shim) {
  if (shim.string().find_first_of(" :") == std::string::npos)
    return shim.string();
  static const int file = open(shim.c_str(), O_RDONLY | O_CLOEXEC);
  return fmt::format("/proc/{}/fd/{}", getpid(), file);
}

// First of the preloaded, so that it counts what the others allocate too and
// forwards to an allocator among them.
Program Preloaded(const Program& program, const fs::path& shim,
                  const std::string& report) {
  Program with = program;
  const char* inherited = std::getenv("LD_PRELOAD");
  std::string others = inherited ? inherited : "";
  for (const auto& [name, value] : program.environment)
    if (name == "LD_PRELOAD") others = value;
  with.environment.emplace_back(
      "LD_PRELOAD", LoadableName(shim) + (others.empty() ? "" : ":") + others);
  if (!report.empty())
    with.environment.emplace_back("OPSTAT_PRELOAD_REPORT", report);
  return with;
}

struct Verdict {
  std::string word, detail;
};

// The last verdict: a program may be started by others that lack a benchmark.
std::optional<Verdict> LastVerdict(const std::string& report) {
  std::optional<Verdict> last;
  std::istringstream lines(report);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields(line);
    std::string kind;
    Verdict verdict;
    fields >> kind >> verdict.word >> std::ws;
    std::getline(fields, verdict.detail);
    if (kind == "verdict") last = verdict;
  }
  return last;
}

std::string WhyUnmeasured(const std::optional<Verdict>& verdict) {
  if (!verdict)
    return "did not load the shim: a static executable, or one with special "
           "rights; link it with opstat::harness";
  const auto& [word, detail] = *verdict;
  if (word == "no-library")
    return "has no shared libbenchmark; link it with opstat::harness";
  if (word == "unknown-library")
    return fmt::format(
        "uses {}, another libbenchmark than opstat was built "
        "for; link it with opstat::harness",
        detail);
  if (word == "miscounts")
    return fmt::format("has an allocator of its own: {} is not counted",
                       detail);
  if (word == "sanitizer")
    return "is built with a sanitizer; link it with opstat::harness";
  return "";
}

}  // namespace

Counting WithCounting(const Program& program) {
  const fs::path shim = FindShim();
  if (shim.empty())
    return {program, fmt::format("cannot be counted unless it was linked with "
                                 "opstat::harness: {} is missing",
                                 kShimName)};
  const ResultFile report;
  const ChildResult listed =
      CallToList(Preloaded(program, shim, report.path()));
  if (!listed.Succeeded())
    return {program, fmt::format("does not run with {} ({}): {}", kShimName,
                                 listed.Describe(),
                                 listed.err.substr(0, listed.err.find('\n')))};
  const std::optional<Verdict> verdict = LastVerdict(report.Read());
  if (verdict && verdict->word == "counts")
    return {Preloaded(program, shim, ""), ""};
  return {program, WhyUnmeasured(verdict)};
}

}  // namespace opstat::measure
