#include "opstat/benchfmt/unit.h"

#include <algorithm>

namespace opstat::benchfmt {
namespace {

// The grammar of benchstat's benchunit package: words between `*`, `/`, `-` and
// spaces; what follows a `/` is denominator until the next `*`.
constexpr std::string_view kSeparators = "*/- \t\n\v\f\r";

struct Word {
  std::size_t start;
  std::string_view text;
};

template <typename Take>
void ForEachInNumerator(std::string_view unit, Take take) {
  bool denominator = false;
  for (std::size_t i = 0; i < unit.size();) {
    const std::size_t end =
        std::min(unit.find_first_of(kSeparators, i), unit.size());
    if (end == i) {
      if (unit[i] == '*') denominator = false;
      if (unit[i] == '/') denominator = true;
      ++i;
      continue;
    }
    if (!denominator) take(Word{i, unit.substr(i, end - i)});
    i = end;
  }
}

bool NumeratorHas(std::string_view unit, std::string_view word) {
  bool has = false;
  ForEachInNumerator(unit, [&](const Word& each) { has |= each.text == word; });
  return has;
}

}  // namespace

TidyUnit Tidy(std::string_view unit) {
  if (unit == "bytes_per_second") return {"B/s", 1};
  TidyUnit tidy{"", 1};
  std::size_t copied = 0;
  ForEachInNumerator(unit, [&](const Word& word) {
    const bool is_ns = word.text == "ns";
    if (!is_ns && word.text != "MB") return;
    tidy.unit.append(unit, copied, word.start - copied);
    tidy.unit += is_ns ? "sec" : "B";
    tidy.factor = is_ns ? tidy.factor / 1e9 : tidy.factor * 1e6;
    copied = word.start + word.text.size();
  });
  tidy.unit.append(unit, copied);
  return tidy;
}

bool IsExact(std::string_view unit) {
  return unit == kBytes || unit == kAllocs || unit == kFrees;
}

bool IsTime(std::string_view unit) { return NumeratorHas(unit, "sec"); }

bool HigherIsBetter(std::string_view unit) {
  return unit.ends_with("/s") || unit.ends_with("/sec") ||
         unit.ends_with("_per_second");
}

bool IsHousekeeping(std::string_view unit) {
  return unit == kIterations || unit == kRunDelay || unit == kPlace ||
         unit == kOneTimeAllocs || unit == kOneTimeBytes;
}

bool IsBinary(std::string_view unit) {
  return NumeratorHas(unit, "B") || NumeratorHas(unit, "bytes");
}

}  // namespace opstat::benchfmt
