#include "opstat/cli/scale.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "opstat/benchfmt/unit.h"

namespace opstat::cli {
namespace {

struct Prefix {
  double factor;
  std::string_view text;
};

constexpr std::array<Prefix, 8> kDecimal = {{{1e12, "T"},
                                             {1e9, "G"},
                                             {1e6, "M"},
                                             {1e3, "k"},
                                             {1, ""},
                                             {1e-3, "m"},
                                             {1e-6, "µ"},
                                             {1e-9, "n"}}};
constexpr std::array<Prefix, 5> kBinary = {
    {{0x1p40, "Ti"}, {0x1p30, "Gi"}, {0x1p20, "Mi"}, {0x1p10, "Ki"}, {1, ""}}};

// Below these, rounding to four digits would carry into one more.
constexpr double kHundreds = 99.995;
constexpr double kTens = 9.9995;
constexpr double kOnes = .99995;
constexpr int kMostDigits = 10;

double SmallestNonZero(std::span<const double> values) {
  double smallest = 0;
  for (double value : values) {
    const double magnitude = std::fabs(value);
    if (magnitude > 0 && (smallest == 0 || magnitude < smallest))
      smallest = magnitude;
  }
  return smallest;
}

int Digits(double scaled) {
  if (scaled >= kHundreds) return 1;
  if (scaled >= kTens) return 2;
  int digits = 3;
  for (double limit = kOnes; scaled < limit && digits < kMostDigits;
       limit /= 10)
    ++digits;
  return digits;
}

}  // namespace

Scale::Scale(std::span<const double> values, std::string_view unit) {
  const double smallest = SmallestNonZero(values);
  if (smallest == 0) return;
  const std::span<const Prefix> prefixes =
      benchfmt::IsBinary(unit) ? std::span<const Prefix>(kBinary)
                               : std::span<const Prefix>(kDecimal);
  for (const Prefix& prefix : prefixes) {
    factor_ = prefix.factor;
    prefix_ = prefix.text;
    // Binary values from 1000 to 1023 keep the smaller prefix: no digit lost.
    if (smallest / factor_ >= kOnes) break;
  }
  digits_ = Digits(smallest / factor_);
}

std::string Scale::Format(double value) const {
  return fmt::format("{:.{}f}{}", value / factor_, digits_, prefix_);
}

}  // namespace opstat::cli
