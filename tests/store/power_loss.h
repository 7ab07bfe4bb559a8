#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace opstat::store {

/// What SQLite does to its files, written down by a VFS (an operating system as
/// SQLite sees one) that is the default as long as this object lives. From it
/// the files can be made again as a loss of power at any moment may leave them:
/// what was synced is there; of the writes since, any may be missing.
class PowerLossRecorder {
 public:
  /// `honest`: false for a disk that says it has synced and has not.
  explicit PowerLossRecorder(bool honest = true);
  ~PowerLossRecorder();
  PowerLossRecorder(const PowerLossRecorder&) = delete;
  PowerLossRecorder& operator=(const PowerLossRecorder&) = delete;

  /// How many writes, truncations, syncs and deletions there were so far.
  std::size_t Operations() const;

  /// Writes the files into `folder` as they may be found when the power goes
  /// after so many operations; `random` chooses among the writes not synced.
  void Reconstruct(std::size_t operations, const std::string& folder,
                   std::mt19937& random) const;
};

}  // namespace opstat::store
