#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "opstat/checkout/build.h"
#include "opstat/checkout/build_cache.h"
#include "opstat/checkout/repository.h"
#include "opstat/checkout/revisions.h"
#include "opstat/measure/side.h"

namespace opstat::checkout {

/// Told before each step that takes time: "building base, main (1a2b3c4)".
using Tell = std::function<void(const std::string&)>;

/// A revision on its way to a folder.
struct Source {
  std::string role;  ///< "base", "head", ...
  Revision revision;
  BuildOptions build;
  /// Of a changed work tree: holds the objects of its snapshot.
  std::optional<CacheEntry> scratch = {};
  std::map<std::string, std::string> facts = {};  ///< see measure::Side

  std::string Describe() const;  ///< "base, main (1a2b3c4d5e)"
};

/// By what a build of `source` is found again.
std::string KeyOf(const Repository& repository, const Source& source);

/// Writes the source tree and builds it, unless that was done before. What
/// comes with a note, a sentence added to `notes`, is not kept: the user may
/// follow the note. Throws Error(kCannotMeasure).
CacheEntry Obtain(const Repository& repository, const BuildCache& cache,
                  Source& source, const Tell& tell,
                  std::vector<std::string>& notes);

/// What is run: the words of `command`, else the one CMake target of `build`
/// that links Google Benchmark. Throws Error(kUsage) when that is not one.
std::vector<std::string> ProgramOf(const std::string& command,
                                   const std::filesystem::path& build);

/// The program `words` of a built revision, {source} and {build} replaced.
/// Throws Error(kCannotMeasure) when the build made no such file.
measure::Side MakeSide(const Source& source, const CacheEntry& entry,
                       const std::vector<std::string>& words);

}  // namespace opstat::checkout
