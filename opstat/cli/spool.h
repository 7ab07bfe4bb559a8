#pragma once

#include <memory>
#include <string>
#include <vector>

#include "opstat/measure/session.h"

namespace opstat::cli {

/// What a compare session is, written before its first process starts.
struct SessionHeader {
  std::string id, time;
  std::uint64_t seed = 0;
  std::vector<std::string> words;  ///< the command line after "compare"
  std::vector<measure::Side> sides;
  /// Of each side's program file, so that one which was built again since is
  /// not taken for it; "" when it was not found.
  std::vector<std::string> programs;
  bool identical = false, same_code = false;  ///< see CompareSides
};

/// A stage as it was begun; `rounds` are those done when time ended it.
struct SpooledStage {
  enum class Kind { kScreen, kConfirm, kMore };
  Kind kind = Kind::kScreen;
  measure::Stage stage;
};

/// A session on disk: an append-only file, a line an event, so that whatever
/// ends opstat, all samples finished by then can be taken up again. A line is
/// written and synced (fdatasync) before the next process starts; the last one
/// counts only when its line break is there. One process at a time holds the
/// file (flock).
///
/// Lines: `H` and the header as JSON; `T` and a stage that begins; `S` and a
/// sample as a samples file (benchfmt::WriteGoogleBenchmark, its line breaks
/// taken out); `F` and a failure; `E` and the rounds of a stage that time
/// ended; `D` and the id of the comparison that was stored.
///
/// All methods throw Error(kBadData) for a file that cannot be read or written.
class Spool {
 public:
  /// Begins a session in `folder`, which is made when missing.
  Spool(const std::string& folder, SessionHeader header);
  /// Takes up the session whose id begins with `id`; "": the newest in
  /// `folder` that is `done` or is not. Throws Error(kUsage) when there is
  /// none, or when another process is at it.
  Spool(const std::string& folder, const std::string& id, bool done);
  /// A session without a sample is removed.
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  const SessionHeader& header() const;
  const std::vector<SpooledStage>& stages() const;
  /// Whether there is anything to take up again.
  bool HasSamples() const;
  /// What the earlier sittings gave; moved out.
  std::vector<measure::Finished> TakeFinished();

  void Begin(const SpooledStage& stage);
  void Keep(const measure::Finished& result);
  void EndedAfter(int rounds);
  /// Ends the session, and removes all but the newest ten that are done.
  void Done(const std::string& comparison);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace opstat::cli
