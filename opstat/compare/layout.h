#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "opstat/benchfmt/run.h"

namespace opstat::compare {

/// What tells a table from the others: keys and values, in the keys' order.
using TableKey = std::vector<std::pair<std::string, std::string>>;

/// Samples under one heading of the tables: a file, or a value of a key.
struct Column {
  std::string label;
  std::vector<std::string> heading;  ///< a value a key; the label is of them
  /// What is true of all its samples: facts, session, whether they are
  /// processes. Its benchmarks are nobody's business here.
  const benchfmt::Run* run = nullptr;
  /// The program and all that it loads from its build are byte for byte the
  /// baseline's, apart from build id and paths: its rows are shown, and no
  /// difference is the code's. For the caller to find out and set.
  bool same_code = false;
};

/// What identifies a line of a table.
struct Subject {
  std::string benchmark;
  std::map<std::string, std::string> key;  ///< its projection keys
};

/// One benchmark's row of a table, whatever its units.
struct Line {
  std::size_t table = 0;
  std::shared_ptr<const Subject> subject;  ///< the rows of its units share it
  std::vector<const benchfmt::Benchmark*> cells;  ///< a column; null: none
  std::vector<std::string> warnings;
};

/// Which samples stand in which cell. Points into runs that outlive it.
struct Layout {
  std::vector<TableKey> tables{TableKey()};
  std::vector<Column> columns;  ///< the baseline, then the contenders
  std::vector<Line> lines;      ///< table by table, as they will be printed
  std::vector<std::string> warnings;  ///< benchmarks left out, and why

  /// What cells and columns made of several point to.
  std::vector<std::unique_ptr<const benchfmt::Benchmark>> merged_benchmarks;
  std::vector<std::unique_ptr<const benchfmt::Run>> merged_runs;
};

/// One table: a column a run, a row a benchmark's full name, by their first
/// appearance. Two runs of one label are two columns.
Layout ColumnsByRun(std::span<const benchfmt::Run> runs);

/// The keys of `name`'s parts.
std::map<std::string, std::string> KeysOf(const std::string& name);

}  // namespace opstat::compare
