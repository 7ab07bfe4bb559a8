#include "opstat/benchfmt/run_builder.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "opstat/benchfmt/repetitions.h"
#include "opstat/benchfmt/utf8.h"

namespace opstat::benchfmt {
namespace {

constexpr std::size_t kMaxWarnings = 100;

// As much of a hostile name as a message should carry.
std::string Shortened(std::string_view name) {
  constexpr std::size_t kShown = 200;
  if (name.size() <= kShown) return std::string(name);
  std::size_t end = kShown;
  while ((static_cast<unsigned char>(name[end]) >> 6) == 2) --end;
  return std::string(name.substr(0, end)) + "...";
}

}  // namespace

bool RunBuilder::AcceptName(std::string_view name) {
  if (name.empty()) {
    Refuse("(no name)", "a row without a name");
    return false;
  }
  if (name.size() > kMaxName) {
    Refuse(name, "its name is longer than 4096 bytes");
    return false;
  }
  return true;
}

std::size_t RunBuilder::PositionOf(std::string_view name) {
  const auto found = positions_.find(name);
  if (found != positions_.end()) return found->second;
  positions_.emplace(name, run_->benchmarks.size());
  return run_->benchmarks.size();
}

std::size_t RunBuilder::StartSample(std::string_view name) {
  // The rows of a benchmark mostly follow each other.
  if (run_->benchmarks.empty() || run_->benchmarks[current_].name != name) {
    current_ = PositionOf(name);
  }
  if (current_ == run_->benchmarks.size()) {
    Benchmark& benchmark = run_->benchmarks.emplace_back();
    benchmark.name = name;
    benchmark.measurements.reserve(ExpectedUnits());
    samples_.push_back(0);
  }
  ++samples_[current_];
  for (Measurement& measurement : run_->benchmarks[current_].measurements) {
    measurement.values.push_back(kUnmeasured);
  }
  next_ = 0;
  return current_;
}

void RunBuilder::SetProcess(std::int64_t process) {
  if (current_ == processes_.size()) processes_.emplace_back();
  processes_[current_].push_back(process);
}

// Benchmarks of a file mostly have equally many.
std::size_t RunBuilder::ExpectedSamples() const {
  constexpr std::size_t kMost = 1024;
  return current_ == 0 ? 0 : std::min(samples_[current_ - 1], kMost);
}

std::size_t RunBuilder::ExpectedUnits() const {
  return current_ == 0 ? 0 : run_->benchmarks[current_ - 1].measurements.size();
}

Measurement* RunBuilder::Slot(std::string_view unit) {
  Benchmark& benchmark = run_->benchmarks[current_];
  std::vector<Measurement>& measurements = benchmark.measurements;
  // Rows mostly hold the same units in the same order.
  const std::size_t place = next_++;
  if (place < measurements.size() && measurements[place].unit == unit) {
    return &measurements[place];
  }
  const auto found = std::ranges::find(measurements, unit, &Measurement::unit);
  if (found != measurements.end()) return &*found;
  if (unit.empty() || unit.size() > kMaxName ||
      measurements.size() == kMaxUnits) {
    Note(benchmark.name,
         "left out a counter too many, or with too long a name");
    return nullptr;
  }
  std::vector<double> values;
  values.reserve(std::max(samples_[current_], ExpectedSamples()));
  values.resize(samples_[current_], kUnmeasured);
  measurements.push_back({std::string(unit), std::move(values)});
  return &measurements.back();
}

void RunBuilder::Set(std::string_view unit, double value) {
  Measurement* measurement = Slot(unit);
  if (measurement == nullptr) return;
  // A clock that did not move measured nothing.
  if (!(value > 0) && (unit == kWallTime || unit == kCpuTime)) return;
  double& slot = measurement->values.back();
  if (std::isnan(slot) && std::isfinite(value)) slot = value;
}

const TidyUnit& RunBuilder::Tidied(std::string_view unit) {
  const auto found = tidied_.find(unit);
  if (found != tidied_.end()) return found->second;
  return tidied_.emplace(unit, Tidy(ToValidUtf8(unit))).first->second;
}

void RunBuilder::Refuse(std::string_view name, const std::string& reason) {
  refused_ = true;
  Note(name, reason);
}

void RunBuilder::Note(std::string_view name, const std::string& text) {
  std::string warning = Shortened(name) + ": " + Shortened(text);
  const auto [found, is_new] =
      warning_positions_.try_emplace(warning, warnings_.size());
  if (is_new) warnings_.push_back({std::move(warning), 0});
  ++warnings_[found->second].rows;
}

void RunBuilder::MergeProcesses() {
  for (std::size_t i = 0; i < processes_.size(); ++i) {
    run_->benchmarks[i] = MergeRepetitions(run_->benchmarks[i], processes_[i]);
  }
}

// In our own files a row may lack a time, and then hold no number at all.
void RunBuilder::DropUnmeasured() {
  for (const Benchmark& benchmark : run_->benchmarks)
    if (benchmark.measurements.empty()) Refuse(benchmark.name, "no number");
  std::erase_if(run_->benchmarks, [](const Benchmark& benchmark) {
    return benchmark.measurements.empty();
  });
}

bool RunBuilder::Finish() {
  DropUnmeasured();
  for (const Warning& warning : warnings_) {
    const std::size_t shown =
        static_cast<std::size_t>(&warning - &warnings_[0]);
    if (shown == kMaxWarnings) {
      run_->warnings.push_back(
          "and " + std::to_string(warnings_.size() - shown) + " more warnings");
      break;
    }
    run_->warnings.push_back(warning.rows == 1
                                 ? warning.text
                                 : warning.text + " (" +
                                       std::to_string(warning.rows) + " rows)");
  }
  return refused_;
}

}  // namespace opstat::benchfmt
