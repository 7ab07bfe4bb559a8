#include "opstat/compare/arrange.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <memory_resource>
#include <numeric>
#include <optional>
#include <set>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/unit.h"
#include "opstat/compare/axis.h"
#include "opstat/compare/key_space.h"
#include "opstat/compare/merge.h"
#include "opstat/compare/require_keys.h"

namespace opstat::compare {
namespace {

using benchfmt::Benchmark;
using benchfmt::Run;
using Values = std::vector<std::string>;  // of a projection's keys

struct Source {
  const Run* run;
  const Benchmark* benchmark;
};

// The places of samples while rows and columns still come in.
using Sources = std::pmr::vector<Source>;
struct Cells {
  std::size_t table, row;
  std::pmr::vector<Sources> sources;  // a column
};

// The values without those that are absent.
std::string Join(Values values, const char* none) {
  std::erase(values, "");
  return values.empty() ? none : fmt::format("{}", fmt::join(values, " "));
}

KeySpace SpaceOf(std::span<const Run> runs, const Arrangement& how) {
  KeySpace space(runs);
  for (const Projection* each : {&how.row, &how.col, &how.table, &how.ignore}) {
    space.Name(*each);
  }
  return space;
}

// A column, table or row in the order of `axis`: positions by place.
std::vector<std::size_t> InOrder(const Axis& axis) {
  const std::vector<std::size_t> places = axis.Places();
  std::vector<std::size_t> positions(places.size());
  for (std::size_t i = 0; i < places.size(); ++i) positions[places[i]] = i;
  return positions;
}

class Arranger {
 public:
  Arranger(std::span<const Run> runs, const Arrangement& how)
      : runs_(runs),
        how_(how),
        space_(SpaceOf(runs, how)),
        table_(space_.Expand(how.table), &memory_),
        row_(space_.Expand(how.row), &memory_),
        col_(space_.Expand(how.col), &memory_) {
    for (const Axis* axis : {&table_, &row_, &col_}) {
      RequireKeys(runs, space_, axis->fields());
    }
    for (const std::string& unknown : UnknownKeys(runs, space_, how.ignore)) {
      layout_.warnings.push_back("ignored nothing: " + unknown);
    }
  }

  Layout Make() && {
    for (const Run& run : runs_) {
      for (const Benchmark& benchmark : run.benchmarks) Place(run, benchmark);
    }
    MakeTables();
    MakeColumns();
    MakeLines();
    return std::move(layout_);
  }

 private:
  void Place(const Run& run, const Benchmark& benchmark);
  // The benchmark with the units that the filter takes; null: none.
  const Benchmark* Filtered(const Run& run, const Benchmark& benchmark);
  // nullopt: a key's order has no place for this value.
  std::optional<Values> ValuesOn(const Axis& axis, const Source& source) const;
  bool LacksColumn(const Values& col, const Benchmark& benchmark);

  void MakeTables();
  void MakeColumns();
  const Run* Merged(const std::set<const Run*>& runs);
  void MakeLines();
  void AddCell(const Sources& sources, Line& line);
  std::string Varies(const Sources& sources) const;
  std::shared_ptr<const Subject> SubjectOf(const Cells& cells) const;
  void AddKeys(const Axis& axis, const Values& values, Subject& subject) const;

  std::span<const Run> runs_;
  const Arrangement& how_;
  // Many small pieces, which go together.
  std::pmr::monotonic_buffer_resource memory_;
  KeySpace space_;
  Axis table_, row_, col_;
  std::pmr::map<std::pair<std::size_t, std::size_t>, std::size_t> cells_of_{
      &memory_};
  std::vector<Cells> cells_;
  std::vector<std::set<const Run*>> column_runs_;
  std::map<std::set<const Run*>, const Run*> merged_;
  Layout layout_;
};

const Benchmark* Arranger::Filtered(const Run& run,
                                    const Benchmark& benchmark) {
  if (!how_.filter.LooksAtUnits()) {
    return how_.filter.Matches(run, benchmark, {}) ? &benchmark : nullptr;
  }
  Benchmark kept{benchmark.name, {}};
  bool any = false;
  for (const benchfmt::Measurement& measurement : benchmark.measurements) {
    const bool always = benchfmt::IsHousekeeping(measurement.unit);
    const bool matches =
        !always && how_.filter.Matches(run, benchmark, measurement.unit);
    if (always || matches) kept.measurements.push_back(measurement);
    any |= matches;
  }
  if (!any) return nullptr;
  layout_.merged_benchmarks.push_back(
      std::make_unique<const Benchmark>(std::move(kept)));
  return layout_.merged_benchmarks.back().get();
}

std::optional<Values> Arranger::ValuesOn(const Axis& axis,
                                         const Source& source) const {
  Values values;
  values.reserve(axis.fields().size());
  for (const Field& field : axis.fields()) {
    values.push_back(space_.Value(field.key, *source.run, *source.benchmark));
    if (!field.Takes(values.back())) return std::nullopt;
  }
  return values;
}

bool Arranger::LacksColumn(const Values& col, const Benchmark& benchmark) {
  for (std::size_t f = 0; f < col.size(); ++f) {
    const Key& key = col_.fields()[f].key;
    if (!col[f].empty() || !space_.IsPart(key)) continue;
    layout_.warnings.push_back(fmt::format(
        "{}: left out, its name has no key {}", benchmark.name, key.name));
    return true;
  }
  return false;
}

void Arranger::Place(const Run& run, const Benchmark& benchmark) {
  const Source source{&run, Filtered(run, benchmark)};
  if (!source.benchmark) return;
  const auto table = ValuesOn(table_, source);
  const auto row = ValuesOn(row_, source);
  const auto col = ValuesOn(col_, source);
  if (!table || !row || !col || LacksColumn(*col, benchmark)) return;
  const std::pair place(table_.Add(*table), row_.Add(*row));
  const std::size_t column = col_.Add(*col);
  const auto [at, is_new] = cells_of_.try_emplace(place, cells_.size());
  if (is_new) {
    cells_.push_back(
        {place.first, place.second, std::pmr::vector<Sources>(&memory_)});
  }
  auto& sources = cells_[at->second].sources;
  sources.resize(std::max(sources.size(), column + 1));
  sources[column].push_back(source);
  column_runs_.resize(col_.size());
  column_runs_[column].insert(&run);
}

void Arranger::MakeTables() {
  layout_.tables.clear();
  for (const std::size_t position : InOrder(table_)) {
    const Values values = table_.KeyAt(position);
    TableKey& key = layout_.tables.emplace_back();
    for (std::size_t f = 0; f < values.size(); ++f) {
      key.emplace_back(table_.fields()[f].key.name, values[f]);
    }
  }
}

void Arranger::MakeColumns() {
  for (const std::size_t position : InOrder(col_)) {
    Column& column = layout_.columns.emplace_back();
    column.heading = col_.KeyAt(position);
    column.label = Join(column.heading, "(none)");
    column.run = Merged(column_runs_[position]);
  }
}

// One object for one set, so that columns of the same runs are seen to be.
const Run* Arranger::Merged(const std::set<const Run*>& runs) {
  const Run*& merged = merged_[runs];
  if (merged) return merged;
  std::vector<const Run*> in_order;
  for (const Run& run : runs_) {
    if (runs.contains(&run)) in_order.push_back(&run);
  }
  Run made = MergeRuns(in_order);
  for (const Field& field : how_.ignore) made.facts.erase(field.key.name);
  layout_.merged_runs.push_back(std::make_unique<const Run>(std::move(made)));
  return merged = layout_.merged_runs.back().get();
}

void Arranger::MakeLines() {
  const std::vector<std::size_t> tables = table_.Places();
  const std::vector<std::size_t> rows = row_.Places();
  const std::vector<std::size_t> columns = InOrder(col_);
  const auto place = [&](const Cells& cells) {
    return std::pair(tables[cells.table], rows[cells.row]);
  };
  if (!std::ranges::is_sorted(cells_, {}, place)) {
    std::ranges::sort(cells_, {}, place);
  }
  layout_.lines.reserve(cells_.size());
  for (Cells& cells : cells_) {
    Line& line = layout_.lines.emplace_back();
    line.table = tables[cells.table];
    line.subject = SubjectOf(cells);
    cells.sources.resize(columns.size());
    line.cells.reserve(columns.size());
    for (const std::size_t c : columns) AddCell(cells.sources[c], line);
  }
}

std::shared_ptr<const Subject> Arranger::SubjectOf(const Cells& cells) const {
  const Values row = row_.KeyAt(cells.row);
  Subject subject{Join(row, "(all)"), {}};
  AddKeys(table_, table_.KeyAt(cells.table), subject);
  AddKeys(row_, row, subject);
  return std::make_shared<const Subject>(std::move(subject));
}

void Arranger::AddKeys(const Axis& axis, const Values& values,
                       Subject& subject) const {
  for (std::size_t f = 0; f < values.size(); ++f) {
    const Key& key = axis.fields()[f].key;
    if (key.kind == Key::Kind::kFullName) {
      subject.key.merge(KeysOf(values[f]));
    } else if (!values[f].empty() && key.name[0] != '.') {
      subject.key.emplace(key.name, values[f]);
    }
  }
}

void Arranger::AddCell(const Sources& sources, Line& line) {
  if (sources.size() < 2) {
    line.cells.push_back(sources.empty() ? nullptr : sources[0].benchmark);
    return;
  }
  std::vector<const Benchmark*> benchmarks;
  for (const Source& source : sources) benchmarks.push_back(source.benchmark);
  layout_.merged_benchmarks.push_back(
      std::make_unique<const Benchmark>(MergeBenchmarks(benchmarks)));
  line.cells.push_back(layout_.merged_benchmarks.back().get());
  const std::string varies = Varies(sources);
  if (!varies.empty() && std::ranges::count(line.warnings, varies) == 0) {
    line.warnings.push_back(varies);
  }
}

std::string Arranger::Varies(const Sources& sources) const {
  const auto vary = [&](Key::Kind kind) {
    const Key key{kind, {}};
    const auto value = [&](const Source& source) {
      return space_.Value(key, *source.run, *source.benchmark);
    };
    return !space_.IsNamed(kind) &&
           std::ranges::any_of(sources, [&](const Source& source) {
             return value(source) != value(sources.front());
           });
  };
  Values keys;
  if (vary(Key::Kind::kFullName)) keys.emplace_back(".fullname");
  if (vary(Key::Kind::kFile)) keys.emplace_back(".file");
  return keys.empty()
             ? ""
             : fmt::format("benchmarks vary in {}", fmt::join(keys, ", "));
}

}  // namespace

Layout Arrange(std::span<const Run> runs, const Arrangement& arrangement) {
  Layout layout = Arranger(runs, arrangement).Make();
  if (layout.lines.empty()) {
    throw Error(Failure::kCannotMeasure, "the filter matches no benchmark",
                "leave out --where and --filter to see what there is");
  }
  return layout;
}

}  // namespace opstat::compare
