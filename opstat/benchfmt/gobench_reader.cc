#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/format_readers.h"
#include "opstat/benchfmt/run_builder.h"
#include "opstat/benchfmt/unit.h"
#include "opstat/benchfmt/utf8.h"

namespace opstat::benchfmt {
namespace {

constexpr std::string_view kPrefix = "Benchmark";

// The next line of `*text`, without its end; takes it off.
std::string_view NextLine(std::string_view* text) {
  const std::size_t end = std::min(text->find('\n'), text->size());
  std::string_view line = text->substr(0, end);
  text->remove_prefix(std::min(end + 1, text->size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool IsSpace(char c) {
  // Mostly it is none: one comparison finds that out.
  if (static_cast<unsigned char>(c) > ' ') return false;
  return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

// The words of `line`, into a vector that keeps its memory from line to line.
void Split(std::string_view line, std::vector<std::string_view>* fields) {
  fields->clear();
  const char* const end = line.data() + line.size();
  for (const char* at = line.data(); at != end;) {
    const char* const start = std::find_if_not(at, end, IsSpace);
    at = std::find_if(start, end, IsSpace);
    if (at != start) fields->emplace_back(start, at - start);
  }
}

// The whole of `text` as a number; NaN and Inf in any case are numbers to Go.
template <typename Number>
std::optional<Number> Parse(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  Number number;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

// Most numbers of a file are short: a whole number, exact, over a power of ten,
// exact, is rounded once, to what Parse gives.
std::optional<double> ParseShort(std::string_view text) {
  constexpr std::size_t kExactDigits = 15;
  if (text.empty() || text.size() > kExactDigits) return std::nullopt;
  std::int64_t digits = 0;
  double power = 1;
  bool fraction = false;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      digits = 10 * digits + (c - '0');
      if (fraction) power *= 10;
    } else if (c == '.' && !fraction && text.size() > 1) {
      fraction = true;
    } else {
      return std::nullopt;
    }
  }
  return static_cast<double>(digits) / power;
}

std::optional<double> ParseValue(std::string_view text) {
  const auto value = ParseShort(text);
  return value ? value : Parse<double>(text);
}

struct ConfigLine {
  std::string_view key, value;
};

// `key: value`, the key without upper case and spaces; upper case is looked
// for in ASCII only, where benchstat asks Unicode.
std::optional<ConfigLine> ParseConfig(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  const std::string_view key = line.substr(0, colon);
  const bool lower_start = key[0] >= 'a' && key[0] <= 'z';
  for (const char c : key) {
    if ((c >= 'A' && c <= 'Z') || IsSpace(c)) {
      return std::nullopt;
    }
  }
  const std::string_view after = line.substr(colon + 1);
  const std::size_t start = after.find_first_not_of(" \t");
  if (!lower_start || start == 0) return std::nullopt;
  return ConfigLine{key, after.substr(std::min(start, after.size()))};
}

class GoBenchmarkReader {
 public:
  explicit GoBenchmarkReader(std::string_view origin) : origin_(origin) {}

  Run Read(std::string_view text);

 private:
  struct Sample {
    std::string_view unit;
    double value;
  };

  struct Unit {
    std::string_view written;
    const TidyUnit* tidy = nullptr;
  };

  void ReadBenchmark();
  // The value-unit pairs into samples_; false, with a warning, when one is
  // malformed or there is none.
  bool ReadPairs();
  const TidyUnit& TidiedAt(std::size_t place, std::string_view unit);
  void ReadConfig(const ConfigLine& config);
  void WarnHere(const std::string& what);

  std::string_view origin_;
  Run run_;
  RunBuilder builder_{&run_};
  std::int64_t line_ = 0;
  std::size_t rows_ = 0;
  std::vector<std::string_view> fields_;  ///< of the line
  std::vector<Sample> samples_;           ///< of the line
  std::vector<Unit> units_;               ///< of the line before, by place
  std::string_view raw_name_;             ///< of the line before
  std::string name_;                      ///< that, as UTF-8
  std::int64_t malformed_ = 0;
  std::set<std::string> varying_;  ///< facts that change within the file
};

Run GoBenchmarkReader::Read(std::string_view text) {
  run_.label = origin_;
  while (!text.empty()) {
    const std::string_view line = NextLine(&text);
    ++line_;
    if (line.starts_with(kPrefix)) {
      Split(line, &fields_);
      // go test -v prints the name alone when the benchmark starts.
      if (fields_.size() > 1) ReadBenchmark();
    } else if (const auto config = ParseConfig(line)) {
      ReadConfig(*config);
    }
  }
  builder_.Finish();
  if (run_.benchmarks.empty()) {
    throw Error(Failure::kBadData,
                std::string(origin_) + ": no usable row" +
                    (run_.warnings.empty() ? "" : ": " + run_.warnings.front()),
                "run go test with -bench=.");
  }
  return std::move(run_);
}

void GoBenchmarkReader::ReadBenchmark() {
  if (++rows_ > kMaxRows) {
    throw Error(Failure::kBadData,
                std::string(origin_) + ": more than a million rows");
  }
  const std::string_view raw_name = fields_[0].substr(kPrefix.size());
  if (raw_name != raw_name_) {
    raw_name_ = raw_name;
    name_ = ToValidUtf8(raw_name);
  }
  const std::string& name = name_;
  if (!builder_.AcceptName(name)) return;
  const auto iterations = Parse<std::int64_t>(fields_[1]);
  if (!iterations) return WarnHere("no iteration count");
  if (!ReadPairs()) return;
  for (const auto& [unit, value] : samples_) {
    if (unit == kWallTime && !(std::isfinite(value) && value > 0)) {
      return builder_.Refuse(name, "its time is not a positive number");
    }
  }
  builder_.StartSample(name);
  builder_.Set(kIterations, static_cast<double>(*iterations));
  for (const auto& [unit, value] : samples_) builder_.Set(unit, value);
}

// Lines mostly have the same units in the same order.
const TidyUnit& GoBenchmarkReader::TidiedAt(std::size_t place,
                                            std::string_view unit) {
  if (place >= units_.size()) units_.resize(place + 1);
  if (units_[place].written != unit) {
    units_[place] = {unit, &builder_.Tidied(unit)};
  }
  return *units_[place].tidy;
}

bool GoBenchmarkReader::ReadPairs() {
  samples_.clear();
  for (std::size_t i = 2; i < fields_.size(); i += 2) {
    const auto value = ParseValue(fields_[i]);
    if (!value) {
      WarnHere("not a number: " + ToValidUtf8(fields_[i].substr(0, 40)));
      return false;
    }
    if (i + 1 == fields_.size()) {
      WarnHere("a value without unit");
      return false;
    }
    const TidyUnit& tidy = TidiedAt(i / 2 - 1, fields_[i + 1]);
    samples_.push_back({tidy.unit, *value * tidy.factor});
  }
  if (samples_.empty()) WarnHere("no measurement");
  return !samples_.empty();
}

// A fact holds for the whole run, so one that changes within the file (`pkg`
// of `go test ./...`) is dropped.
void GoBenchmarkReader::ReadConfig(const ConfigLine& config) {
  const std::string key =
      config.key == "cpu" ? "host.cpu" : ToValidUtf8(config.key);
  if (key.size() > RunBuilder::kMaxName || varying_.contains(key)) return;
  const std::string value = ToValidUtf8(config.value);
  const auto [fact, is_new] = run_.facts.try_emplace(key, value);
  if (is_new || fact->second == value) return;
  run_.facts.erase(fact);
  varying_.insert(key);
  WarnHere("\"" + key + "\" changes; benchmarks of one name are read as one");
}

void GoBenchmarkReader::WarnHere(const std::string& what) {
  constexpr std::int64_t kMaxWarnings = 100;
  if (++malformed_ > kMaxWarnings) return;
  run_.warnings.push_back(std::string(origin_) + ":" + std::to_string(line_) +
                          ": " + what);
}

}  // namespace

Run ReadGoBenchmark(std::string_view text, std::string_view origin) {
  return GoBenchmarkReader(origin).Read(text);
}

// The console output of Google Benchmark begins a line with "Benchmark" too.
bool LooksLikeGoBenchmark(std::string_view text) {
  std::vector<std::string_view> fields;
  while (!text.empty()) {
    const std::string_view line = NextLine(&text);
    if (line.starts_with("goos: ") || line.starts_with("pkg: ")) return true;
    if (!line.starts_with(kPrefix)) continue;
    Split(line, &fields);
    if (fields.size() > 3 && Parse<std::int64_t>(fields[1])) return true;
  }
  return false;
}

}  // namespace opstat::benchfmt
