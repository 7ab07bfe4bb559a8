#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <set>
#include <string_view>

#include "opstat/benchfmt/name.h"
#include "opstat/benchfmt/unit.h"
#include "opstat/benchfmt/writer.h"

namespace opstat::benchfmt {
namespace {

bool IsSpaceOrControl(char c) {
  return static_cast<unsigned char>(c) <= ' ' || c == '\x7f';
}

// benchstat ends a field at these too: U+0085, U+00A0, U+1680, U+2000-200A,
// U+2028, U+2029, U+202F, U+205F, U+3000. Its length in bytes, or 0.
std::size_t UnicodeSpace(std::string_view text) {
  if (text.starts_with("\xc2\x85") || text.starts_with("\xc2\xa0")) return 2;
  if (text.starts_with("\xe1\x9a\x80") || text.starts_with("\xe3\x80\x80") ||
      text.starts_with("\xe2\x81\x9f")) {
    return 3;
  }
  if (text.size() < 3 || !text.starts_with("\xe2\x80")) return 0;
  const auto last = static_cast<unsigned char>(text[2]);
  const bool space =
      last <= 0x8A || last == 0xA8 || last == 0xA9 || last == 0xAF;
  return space ? 3 : 0;
}

// `text` as one field of a line.
std::string Word(std::string_view text) {
  std::string word;
  while (!text.empty()) {
    const std::size_t space =
        IsSpaceOrControl(text[0]) ? 1 : UnicodeSpace(text);
    word += space > 0 ? '_' : text[0];
    text.remove_prefix(std::max<std::size_t>(space, 1));
  }
  return word;
}

std::string GoName(std::string_view name) {
  std::string go_name;
  for (const NamePart& part : SplitName(name)) {
    const bool is_suffix = part.key == "gomaxprocs" && part.text[0] == '-';
    if (!go_name.empty() && !is_suffix) go_name += '/';
    std::string word = Word(part.text);
    const bool has_key = !part.key.empty() && !is_suffix;
    if (has_key) word[Word(part.key).size()] = '=';
    go_name += word;
  }
  char& first = go_name[0];
  if (first >= 'a' && first <= 'z')
    first = static_cast<char>(first - 'a' + 'A');
  return go_name;
}

// Facts that differ between two sides, or from one run to the next. benchstat
// compares only what has equal configuration, so they must not be part of it.
bool TellsSidesApart(std::string_view fact) {
  return fact.starts_with("commit.") || fact == "program" ||
         fact.starts_with("noise.") || fact == "host.mhz" ||
         fact == "host.load";
}

bool IsConfigKey(std::string_view key) {
  if (key.empty() || key[0] < 'a' || key[0] > 'z') return false;
  return std::ranges::none_of(key, [](char c) {
    return IsSpaceOrControl(c) || c == ':' || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

std::string ConfigLines(const Run& run) {
  std::string lines;
  for (const auto& [name, value] : run.facts) {
    const std::string key = name == "host.cpu" ? "cpu" : name;
    if (TellsSidesApart(name) || !IsConfigKey(key) || value.empty()) continue;
    std::string line = key + ": " + value;
    std::ranges::replace_if(line, IsSpaceOrControl, ' ');
    lines += line + "\n";
  }
  return lines;
}

std::string UnitLines(const Run& run) {
  std::set<std::string> units;
  for (const Benchmark& benchmark : run.benchmarks) {
    for (const Measurement& measurement : benchmark.measurements) {
      units.insert(measurement.unit);
    }
  }
  std::string lines;
  for (const std::string& unit : units) {
    if (IsExact(unit)) {
      lines += "Unit " + unit + " assume=exact better=lower\n";
    } else if (HigherIsBetter(unit)) {
      lines += "Unit " + Word(unit) + " better=higher\n";
    }
  }
  return lines;
}

std::string Digits(double value) {
  char digits[32];
  return {digits, std::to_chars(digits, std::end(digits), value).ptr};
}

// The format wants an integer; 1 stands for a count that is not known.
std::int64_t Iterations(const Benchmark& benchmark, std::size_t sample) {
  const Measurement* iterations = benchmark.Find(kIterations);
  const double count = iterations == nullptr ? 1 : iterations->values[sample];
  return count >= 1 && count < 9e18 ? std::llround(count) : 1;
}

// NaN is left out: benchstat never returns from a sample that holds one.
std::string Pairs(const Benchmark& benchmark, std::size_t sample) {
  std::string pairs;
  for (const Measurement& measurement : benchmark.measurements) {
    const double value = measurement.values[sample];
    if (IsHousekeeping(measurement.unit) || !std::isfinite(value)) continue;
    pairs += " " + Digits(value) + " " + Word(measurement.unit);
  }
  return pairs;
}

}  // namespace

std::string WriteGoBenchmark(const Run& run) {
  std::string text = ConfigLines(run) + UnitLines(run);
  for (const Benchmark& benchmark : run.benchmarks) {
    const std::string name = GoName(benchmark.name);
    for (std::size_t i = 0; i < benchmark.Samples(); ++i) {
      const std::string pairs = Pairs(benchmark, i);
      if (pairs.empty()) continue;
      text += "Benchmark" + name + " " +
              std::to_string(Iterations(benchmark, i)) + pairs + "\n";
    }
  }
  return text;
}

}  // namespace opstat::benchfmt
