#pragma once

#include <span>
#include <string>
#include <string_view>

namespace opstat::cli {

/// How numbers of one row are printed: one prefix for all of them, with at
/// least three significant digits for the smallest, as benchstat prints them
/// (benchunit.CommonScale). "1.011m", "6.500Mi", "3.000".
class Scale {
 public:
  /// The scale of the non-zero value closest to zero; NaN is passed over.
  Scale(std::span<const double> values, std::string_view unit);
  std::string Format(double value) const;

 private:
  int digits_ = 3;
  double factor_ = 1;
  std::string_view prefix_;
};

}  // namespace opstat::cli
