#pragma once

#include <string>
#include <string_view>

namespace opstat::benchfmt {

/// `text` as one field of a CSV line, quoted where RFC 4180 asks for it. What a
/// spreadsheet would take for a formula stays as it is: the field is data.
std::string CsvField(std::string_view text);

/// The shortest digits that read back as `value`; "" when it is not finite.
std::string CsvNumber(double value);

}  // namespace opstat::benchfmt
