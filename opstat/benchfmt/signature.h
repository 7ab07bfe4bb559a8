#pragma once

#include <string_view>

namespace opstat::benchfmt {

/// Throws the Error(kBadData) of input that no reader takes, with what it looks
/// like and what to do about it: "results.csv: this looks like CSV".
[[noreturn]] void FailUnknownFormat(std::string_view bytes,
                                    std::string_view origin);

}  // namespace opstat::benchfmt
