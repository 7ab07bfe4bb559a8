#pragma once

#include <string>
#include <string_view>

namespace opstat::benchfmt {

/// `text` with every byte that is part of no valid UTF-8 sequence written as
/// `\xFF` (four characters), so that two names which differ in such a byte
/// still differ. Valid text, control characters included, comes back as it is.
std::string ToValidUtf8(std::string_view text);

}  // namespace opstat::benchfmt
