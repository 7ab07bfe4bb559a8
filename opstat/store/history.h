#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/run.h"
#include "opstat/store/prune.h"
#include "opstat/store/series.h"

namespace opstat::store {

class Database;

/// "3.40.1": of the library that is loaded.
std::string SqliteVersion();

/// What plain SQL can read of a result beside its samples. NaN: not defined
/// (an interval of fewer samples than it needs) and stored as NULL.
struct Summary {
  std::int64_t n = 0;
  double median, low, high;
};
/// Summarises one measurement; handed in, so that this room knows no
/// statistics.
using Summarizer = std::function<Summary(const benchfmt::Measurement&)>;

/// A line of `opstat list`.
struct RunLine {
  std::string id, time, label, commit, host;
  std::int64_t benchmarks = 0;
  std::int64_t samples = 0;
  std::vector<std::string> tags{};  ///< sorted
};

/// A run whose samples `opstat gc` has taken; what was judged of it stays.
class SamplesPruned : public Error {
  using Error::Error;
};

/// A comparison as it was judged: the document (opstat.compare/1 JSON) and the
/// columns that SQL can read. The samples of `runs` stay the truth: the
/// document can be recomputed from them and `query`.
struct VerdictRow {
  std::string benchmark, unit, contender, role, verdict;
  std::optional<double> baseline{}, ratio{}, low{}, high{}, p_value{};
  std::optional<double> contender_center{};
};
struct ComparisonRecord {
  std::string id, time, baseline, outcome;
  std::vector<std::string> runs;  ///< ids, baseline first; all recorded
  std::string query;  ///< how rows were formed, e.g. "--col scratch"
  std::string document;
  std::vector<VerdictRow> verdicts;
};

/// A comparison of a program with itself: how many of its rows that decide by
/// a clock were called a regression or an improvement, falsely.
struct IdenticalComparison {
  std::string id, time;
  std::int64_t rows = 0, alarms = 0;
};

/// "true" in the facts of runs whose session measured one program against
/// itself.
inline constexpr const char* kIdenticalFact = "measure.identical";

/// The history database. One object is one connection: not thread-safe, not
/// carried across fork(). Every method throws opstat::Error(kBadData) naming
/// the path, the cause and what to type next; nothing is half-written.
class History {
 public:
  enum class Mode { kReadOnly, kReadWrite };

  /// Opens `path`, a SQLite file or a postgresql:// URL; kReadWrite makes the
  /// file and its folder, or the tables, when missing. An older schema is
  /// migrated. A newer schema, a foreign SQLite file, a
  /// directory or a damaged file is refused and left as it is.
  History(const std::string& path, Mode mode);
  ~History();
  History(const History&) = delete;
  History& operator=(const History&) = delete;

  /// Stores a run with all its samples in one transaction. True: stored, and
  /// durable; false: a run of this id was there already, nothing changed.
  /// Throws for a run without id, or one that names a benchmark, or a unit of
  /// one benchmark, twice.
  bool Append(const benchfmt::Run& run, const Summarizer& summarize);
  /// Likewise; throws when one of its runs has not been recorded.
  void Append(const ComparisonRecord& comparison);

  /// The newest first: what was stored last, whatever its time says; without
  /// those whose samples are pruned. `limit` < 0: all.
  std::vector<RunLine> List(std::int64_t limit = -1);
  /// The run that `name` stands for: "latest", the newest; else the run of that
  /// tag; else the one whose id is or begins with it. Equal to the run stored,
  /// to the last bit. Throws when there is none, or more than one begins so;
  /// SamplesPruned when only its comparisons are left.
  benchfmt::Run Load(const std::string& name);
  /// The medians of many runs, series by series in the order first stored; a
  /// series without a point is left out. Reads no samples, and no more runs
  /// than it takes. Throws Error(kUsage) for a `since` that is no time, and
  /// Error(kBadData) for a `since_commit` that no run has.
  std::vector<SeriesHistory> Series(const SeriesQuery& query);
  /// Gives the run that `run` stands for, as in Load, the tag `name`, which may
  /// have been another run's before. Returns the run's id. Throws Error(kUsage)
  /// for a name that could be taken for something else: "", "latest", one that
  /// begins with '-' or has a space or control character, 32 hex digits.
  std::string Tag(const std::string& name, const std::string& run,
                  const std::string& time);
  /// The run of that tag, without its facts; nothing where there is no such
  /// tag. Any text may be asked for.
  std::optional<SeriesRun> Tagged(const std::string& name);
  /// Throws when there is no such tag. The run stays.
  void DeleteTag(const std::string& name);

  /// What pruning would take; see prune.h.
  PrunePlan PlanPruning(const PruneRequest& request);
  /// Takes it, some runs a transaction, and gives the space back. Runs that
  /// have got a tag since are kept. `time`: what the runs then say.
  void Prune(const PrunePlan& plan, const std::string& time);

  /// The newest comparison that the run of this full id took part in.
  std::optional<ComparisonRecord> LatestComparison(const std::string& run_id);
  /// The comparison whose id is or begins with `id`; "latest": the newest.
  /// Throws when more than one begins so.
  std::optional<ComparisonRecord> FindComparison(const std::string& id);

  /// By benchmark, the effects (Hodges-Lehmann ratio - 1) on the clock that
  /// decides of the A/A comparisons recorded on this host, the newest first:
  /// those whose runs carry kIdenticalFact. A session counts once, by its last
  /// comparison.
  std::map<std::string, std::vector<double>> IdenticalEffects(
      const std::string& host);
  /// The A/A comparisons recorded on this host, the oldest first, a session
  /// once.
  std::vector<IdenticalComparison> IdenticalComparisons(
      const std::string& host);

 private:
  std::unique_ptr<Database> database_;
};

}  // namespace opstat::store
