#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace opstat::benchfmt {

/// A benchmark's name taken apart at its slashes. `key:value` and `key=value`
/// parts are projection keys; Google Benchmark's own suffixes (`threads:4`,
/// `min_time:0.5`, `real_time`) are parts like any other.
///     Conv2D/algo:im2col/shape:GEMM -> "Conv2D", (algo, im2col), (shape, GEMM)
struct NamePart {
  std::string_view text;   ///< the part as written, without slashes
  std::string_view key;    ///< empty for a positional part
  std::string_view value;  ///< the text after the separator, or the whole part
};

/// Parts of `name`, in order; views into it. A name without slash is one
/// positional part. A trailing `-N` of a Go name is the key "gomaxprocs" of a
/// part of its own (text "-8", value "8"); after `/`, `:` or `=` the dash is
/// the sign of a negative argument, where benchstat sees a suffix all the same.
std::vector<NamePart> SplitName(std::string_view name);

/// Value of the first part of that key, a view into `name`; empty when there is
/// none.
std::string_view KeyValue(std::string_view name, std::string_view key);

/// `name` with the parts of `key` left out, all else to the letter.
std::string WithoutKey(std::string_view name, std::string_view key);

/// True when the name says that wall time is what this benchmark means:
/// `/threads:N` with N > 1, `/real_time`, `/manual_time`, `/process_time`.
bool MeansWallTime(std::string_view name);

}  // namespace opstat::benchfmt
