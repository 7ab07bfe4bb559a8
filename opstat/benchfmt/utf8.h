#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace opstat::benchfmt {

/// Length of the valid UTF-8 sequence that `text` begins with; 0 when there is
/// none. REQUIRES: text is not empty.
std::size_t Utf8Length(std::string_view text);

/// `text` with every byte that is part of no valid UTF-8 sequence written as
/// `\xFF` (four characters), so that two names which differ in such a byte
/// still differ. Valid text, control characters included, comes back as it is.
std::string ToValidUtf8(std::string_view text);

}  // namespace opstat::benchfmt
