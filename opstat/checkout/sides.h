#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "opstat/checkout/build.h"
#include "opstat/checkout/build_cache.h"
#include "opstat/checkout/revisions.h"
#include "opstat/checkout/side_builder.h"
#include "opstat/measure/side.h"

namespace opstat::checkout {

/// A compare of two versions of one repository, as the user asked for it.
struct Request {
  std::filesystem::path folder = ".";  ///< anywhere in the checkout
  std::vector<std::string> revisions;  ///< as typed, see Resolve
  std::string default_branch;          ///< of opstat.toml; "" for none
  BuildOptions base, head;
  std::string program;  ///< "": the one that links Google Benchmark
  std::filesystem::path cache = DefaultCacheRoot();
};

/// Two built programs in two folders. The folders are this object's until it
/// is destroyed: sources and builds then stay in the cache for the next run.
struct PreparedSides {
  measure::Side base, head;
  std::vector<std::string> notes;   ///< a sentence each, to be shown
  std::vector<CacheEntry> entries;  ///< what holds the folders
};

/// What Prepare would do for one side.
struct PlannedSide {
  Revision revision;
  std::string build;     ///< the command, placeholders and all
  bool cached = false;   ///< built already
  bool changed = false;  ///< a work tree that differs from its HEAD
};
struct Plan {
  PlannedSide base, head;
};

/// Resolves and snapshots, builds nothing. Throws what Resolve throws.
Plan MakePlan(const Request& request);

/// Resolves, writes both source trees and builds both, or finds them in the
/// cache. Both paths are equally long. The user's repository is only read,
/// whatever happens: an exception (Interrupted too) removes what was begun, a
/// SIGKILL leaves it for the next run's sweep. Throws Error(kUsage) for what
/// cannot be resolved or meant, Error(kCannotMeasure) for what cannot be
/// written, built or found.
PreparedSides Prepare(const Request& request, const Tell& tell);

}  // namespace opstat::checkout
