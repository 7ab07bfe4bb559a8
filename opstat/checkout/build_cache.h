#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "opstat/measure/file_descriptor.h"

namespace opstat::checkout {

/// A folder of the cache that this process owns: no other opstat uses, changes
/// or sweeps it meanwhile. An unfinished one is removed with its owner.
class CacheEntry {
 public:
  CacheEntry(std::filesystem::path folder, measure::FileDescriptor lock);
  CacheEntry(CacheEntry&&) = default;
  CacheEntry& operator=(CacheEntry&&) = delete;
  ~CacheEntry();

  const std::filesystem::path& folder() const { return folder_; }
  std::filesystem::path source() const { return folder_ / "source"; }
  std::filesystem::path build() const { return folder_ / "build"; }
  bool Finished() const;
  /// Keeps it for later runs that ask for `key`.
  void Finish(const std::string& key);

 private:
  std::filesystem::path folder_;
  measure::FileDescriptor lock_;
};

/// Sources and builds, kept for the next compare of the same commit. An entry
/// is a folder with a random name, always equally long, under `root`; the file
/// `owner` in it is locked (flock) by the process that uses it, and holds that
/// process's id and start time for people to read. The kernel drops the lock
/// with the process, however that ends, so an unlocked unfinished entry is
/// what a dead run left, and a locked one is alive, also across containers
/// that share the folder, where process ids mean nothing.
class BuildCache {
 public:
  struct Limits {
    std::size_t entries = 32;
    std::uintmax_t bytes = std::uintmax_t{10} << 30;
  };

  /// Throws Error(kCannotMeasure) when `root` cannot be made or written.
  explicit BuildCache(std::filesystem::path root, Limits limits);
  explicit BuildCache(std::filesystem::path root);

  const std::filesystem::path& root() const { return root_; }
  /// A finished entry for `key` that no other run uses.
  std::optional<CacheEntry> Find(const std::string& key) const;
  CacheEntry Create() const;
  /// A file for a build's log; the oldest are removed.
  std::filesystem::path LogFile(const CacheEntry& entry) const;
  /// Removes what dead runs left, with the processes of their builds, and the
  /// entries longest unused beyond the limits.
  void Sweep() const;

 private:
  std::filesystem::path root_;
  Limits limits_;
};

/// $XDG_CACHE_HOME/opstat, else $HOME/.cache/opstat. Throws
/// Error(kCannotMeasure) when neither is set or the path holds a character
/// that a shell would not take literally (it is written into build commands).
std::filesystem::path DefaultCacheRoot();

}  // namespace opstat::checkout
