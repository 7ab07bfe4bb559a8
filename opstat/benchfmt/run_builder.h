#pragma once

#include <cstdint>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

#include "opstat/benchfmt/run.h"
#include "opstat/benchfmt/string_map.h"
#include "opstat/benchfmt/unit.h"

namespace opstat::benchfmt {

/// Gathers the rows of a file into the benchmarks of a Run, in order of first
/// appearance, and what was refused into its warnings, one for each benchmark
/// and reason. Linear in the number of rows.
class RunBuilder {
 public:
  /// `run` outlives the builder.
  explicit RunBuilder(Run* run) : run_(run) {}

  /// Longest name or unit that is taken, in bytes.
  static constexpr std::size_t kMaxName = 4096;
  /// Most units a benchmark may have.
  static constexpr std::size_t kMaxUnits = 1024;

  /// False, and the row is refused, when there is no such name to be had.
  bool AcceptName(std::string_view name);
  /// Opens the next sample of `name`. Returns the place of its benchmark in the
  /// run.
  std::size_t StartSample(std::string_view name);
  /// The process of the sample opened last, as for MergeRepetitions; where
  /// MergeProcesses follows, of every sample.
  void SetProcess(std::int64_t process);
  /// A value of the sample opened last. Of two values for one unit the first
  /// counts; infinity is taken as NaN, not measured.
  void Set(std::string_view unit, double value);
  /// Tidy(unit), kept: a file has few units and many values. Lives as long as
  /// the builder.
  const TidyUnit& Tidied(std::string_view unit);
  /// A row of `name` is left out, for `reason`.
  void Refuse(std::string_view name, const std::string& reason);
  /// Warns of something about `name`, once however many rows have it.
  void Note(std::string_view name, const std::string& text);

  bool Has(std::string_view name) const {
    return positions_.find(name) != positions_.end();
  }
  /// Makes rows of one process and benchmark one sample.
  void MergeProcesses();
  /// Refuses benchmarks without a measurement, and writes the warnings. Returns
  /// whether a row was refused.
  bool Finish();

 private:
  // Of the benchmark of that name; the next one's where it is new.
  std::size_t PositionOf(std::string_view name);
  // Those of the benchmark before.
  std::size_t ExpectedSamples() const;
  std::size_t ExpectedUnits() const;
  // The measurement of `unit` in the current benchmark; null when refused.
  Measurement* Slot(std::string_view unit);
  void DropUnmeasured();

  struct Warning {
    std::string text;
    int rows;
  };

  Run* run_;
  std::pmr::monotonic_buffer_resource memory_;
  PooledStringMap<std::size_t> positions_{&memory_};
  StringMap<TidyUnit> tidied_;
  std::vector<std::size_t> samples_;  ///< how many a benchmark has
  std::vector<std::vector<std::int64_t>> processes_;  ///< of each sample
  std::size_t current_ = 0;
  std::size_t next_ = 0;  ///< place of the unit that is set next
  bool refused_ = false;
  std::vector<Warning> warnings_;
  StringMap<std::size_t> warning_positions_;
};

}  // namespace opstat::benchfmt
