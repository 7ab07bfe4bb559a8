#include "opstat/benchfmt/name.h"

#include <algorithm>

namespace opstat::benchfmt {
namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kGomaxprocs = "gomaxprocs";

// Where the `-8` of a Go name begins; the end of the name when it has none.
// benchstat takes any trailing `-digits`. Google Benchmark prints negative
// arguments too (`Shift/-8`, `Shift/by:-8`), so the dash must follow a word.
std::size_t SuffixStart(std::string_view name) {
  const std::size_t dash = name.find_last_not_of(kDigits);
  if (dash == std::string_view::npos || dash == 0) return name.size();
  if (name[dash] != '-' || dash + 1 == name.size()) return name.size();
  const bool negative_number =
      std::string_view("/:=").find(name[dash - 1]) != std::string_view::npos;
  return negative_number ? name.size() : dash;
}

NamePart SplitPart(std::string_view text) {
  const std::size_t separator = text.find_first_of(":=");
  if (separator == std::string_view::npos || separator == 0) {
    return {text, {}, text};
  }
  return {text, text.substr(0, separator), text.substr(separator + 1)};
}

}  // namespace

std::vector<NamePart> SplitName(std::string_view name) {
  const std::size_t suffix = SuffixStart(name);
  std::vector<NamePart> parts;
  std::string_view rest = name.substr(0, suffix);
  for (;;) {
    const std::size_t slash = rest.find('/');
    parts.push_back(SplitPart(rest.substr(0, slash)));
    if (slash == std::string_view::npos) break;
    rest.remove_prefix(slash + 1);
  }
  if (suffix < name.size()) {
    parts.push_back(
        {name.substr(suffix), kGomaxprocs, name.substr(suffix + 1)});
  }
  return parts;
}

std::string_view KeyValue(std::string_view name, std::string_view key) {
  if (key.empty()) return {};
  const std::vector<NamePart> parts = SplitName(name);
  const auto found = std::ranges::find(parts, key, &NamePart::key);
  return found == parts.end() ? std::string_view() : found->value;
}

std::string WithoutKey(std::string_view name, std::string_view key) {
  if (key.empty()) return std::string(name);
  std::string kept;
  bool first = true;
  for (const NamePart& part : SplitName(name)) {
    if (part.key == key) continue;
    const bool is_suffix = part.key == kGomaxprocs && part.text[0] == '-';
    if (!first && !is_suffix) kept += '/';
    kept += part.text;
    first = false;
  }
  return kept;
}

bool MeansWallTime(std::string_view name) {
  const std::vector<NamePart> parts = SplitName(name);
  return std::any_of(parts.begin() + 1, parts.end(), [](const NamePart& part) {
    if (part.key == "threads") {
      return part.value != "1" && !part.value.empty() &&
             part.value.find_first_not_of(kDigits) == std::string_view::npos;
    }
    return part.text == "real_time" || part.text == "manual_time" ||
           part.text == "process_time";
  });
}

}  // namespace opstat::benchfmt
