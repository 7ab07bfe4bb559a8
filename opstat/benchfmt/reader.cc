#include "opstat/benchfmt/reader.h"

#include <algorithm>
#include <utility>

#include "opstat/benchfmt/content_id.h"
#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/file_bytes.h"
#include "opstat/benchfmt/format_readers.h"
#include "opstat/benchfmt/signature.h"

namespace opstat::benchfmt {
namespace {

[[noreturn]] void Fail(const std::string& origin, const std::string& what,
                       const std::string& hint = {}) {
  throw Error(Failure::kBadData, origin + ": " + what, hint);
}

// `start`: the first byte of `text` that is no space.
std::vector<Run> Read(std::string_view text, std::size_t start,
                      std::string_view origin) {
  const std::string_view head = text.substr(start);
  if (LooksLikeJsonLines(head)) return ReadJsonLines(text, origin);
  std::vector<Run> runs;  // an initializer list would copy the run
  if (LooksLikeHyperfine(head)) {
    runs.push_back(ReadHyperfine(text, origin));
  } else if (head[0] == '{') {
    runs.push_back(ReadGoogleBenchmark(text, origin));
  } else if (LooksLikeGoBenchmark(head)) {
    runs.push_back(ReadGoBenchmark(text, origin));
  } else {
    FailUnknownFormat(text, origin);
  }
  return runs;
}

std::string Origin(const std::string& path) {
  return path == "-" ? "stdin" : path;
}

Run OnlyOne(std::vector<Run> runs, std::string_view origin) {
  if (runs.size() > 1) {
    Fail(std::string(origin),
         "holds " + std::to_string(runs.size()) + " runs, and one is wanted",
         "opstat import it, then export the one you want");
  }
  return std::move(runs.front());
}

}  // namespace

std::vector<Run> ReadRuns(std::string_view bytes, std::string_view origin) {
  std::string_view text = bytes;
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) {
    Fail(std::string(origin), "empty",
         "did --benchmark_filter match a benchmark?");
  }
  std::vector<Run> runs = Read(text, start, origin);
  for (Run& run : runs) {
    if (run.id.empty()) run.id = ContentId(bytes);
    if (!run.process_samples &&
        std::ranges::count(run.warnings, kRepetitionsWarning) == 0) {
      run.warnings.emplace_back(kRepetitionsWarning);
    }
  }
  return runs;
}

Run ReadRun(std::string_view bytes, std::string_view origin) {
  return OnlyOne(ReadRuns(bytes, origin), origin);
}

std::vector<Run> ReadRunsFile(const std::string& path) {
  const std::string origin = Origin(path);
  return ReadRuns(FileBytes(path, origin).View(), origin);
}

Run ReadRunFile(const std::string& path) {
  return OnlyOne(ReadRunsFile(path), Origin(path));
}

}  // namespace opstat::benchfmt
