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
constexpr std::string_view kSpace = " \t\r\v\f";

// The next line of `*text`, without its end; takes it off.
std::string_view NextLine(std::string_view* text) {
  const std::size_t end = std::min(text->find('\n'), text->size());
  std::string_view line = text->substr(0, end);
  text->remove_prefix(std::min(end + 1, text->size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::vector<std::string_view> Fields(std::string_view line) {
  std::vector<std::string_view> fields;
  for (;;) {
    const std::size_t start = line.find_first_not_of(kSpace);
    if (start == std::string_view::npos) return fields;
    line.remove_prefix(start);
    const std::size_t end = std::min(line.find_first_of(kSpace), line.size());
    fields.push_back(line.substr(0, end));
    line.remove_prefix(end);
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
    if ((c >= 'A' && c <= 'Z') || kSpace.find(c) != kSpace.npos) {
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
    std::string unit;
    double value;
  };

  void ReadBenchmark(const std::vector<std::string_view>& fields);
  // The value-unit pairs; empty, with a warning, when one is malformed.
  std::vector<Sample> ReadPairs(const std::vector<std::string_view>& fields);
  void ReadConfig(const ConfigLine& config);
  void WarnHere(const std::string& what);

  std::string_view origin_;
  Run run_;
  RunBuilder builder_{&run_};
  std::int64_t line_ = 0;
  std::size_t rows_ = 0;
  std::int64_t malformed_ = 0;
  std::set<std::string> varying_;  ///< facts that change within the file
};

Run GoBenchmarkReader::Read(std::string_view text) {
  run_.label = origin_;
  while (!text.empty()) {
    const std::string_view line = NextLine(&text);
    ++line_;
    if (line.starts_with(kPrefix)) {
      const std::vector<std::string_view> fields = Fields(line);
      // go test -v prints the name alone when the benchmark starts.
      if (fields.size() > 1) ReadBenchmark(fields);
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

void GoBenchmarkReader::ReadBenchmark(
    const std::vector<std::string_view>& fields) {
  if (++rows_ > kMaxRows) {
    throw Error(Failure::kBadData,
                std::string(origin_) + ": more than a million rows");
  }
  const std::string name = ToValidUtf8(fields[0].substr(kPrefix.size()));
  if (!builder_.AcceptName(name)) return;
  const auto iterations = Parse<std::int64_t>(fields[1]);
  if (!iterations) return WarnHere("no iteration count");
  const std::vector<Sample> samples = ReadPairs(fields);
  if (samples.empty()) return;
  for (const Sample& sample : samples) {
    if (sample.unit != kWallTime) continue;
    if (std::isfinite(sample.value) && sample.value > 0) continue;
    return builder_.Refuse(name, "its time is not a positive number");
  }
  builder_.StartSample(name, line_);
  builder_.Set(std::string(kIterations), static_cast<double>(*iterations));
  for (const Sample& sample : samples) builder_.Set(sample.unit, sample.value);
}

std::vector<GoBenchmarkReader::Sample> GoBenchmarkReader::ReadPairs(
    const std::vector<std::string_view>& fields) {
  std::vector<Sample> samples;
  for (std::size_t i = 2; i < fields.size(); i += 2) {
    const auto value = Parse<double>(fields[i]);
    if (!value) {
      WarnHere("not a number: " + ToValidUtf8(fields[i].substr(0, 40)));
      return {};
    }
    if (i + 1 == fields.size()) {
      WarnHere("a value without unit");
      return {};
    }
    const TidyUnit tidy = Tidy(ToValidUtf8(fields[i + 1]));
    samples.push_back({tidy.unit, *value * tidy.factor});
  }
  if (samples.empty()) WarnHere("no measurement");
  return samples;
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
  while (!text.empty()) {
    const std::string_view line = NextLine(&text);
    if (line.starts_with("goos: ") || line.starts_with("pkg: ")) return true;
    if (!line.starts_with(kPrefix)) continue;
    const std::vector<std::string_view> fields = Fields(line);
    if (fields.size() > 3 && Parse<std::int64_t>(fields[1])) return true;
  }
  return false;
}

}  // namespace opstat::benchfmt
