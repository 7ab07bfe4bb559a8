#pragma once

#include <string>
#include <string_view>

namespace opstat::cli {

/// `text` as content or attribute of an XML 1.0 document, valid UTF-8 whatever
/// it was. Characters that XML cannot hold, and those that steer a terminal,
/// read \xNN or \u{NNNN}; so do line ends.
std::string XmlText(std::string_view text);

}  // namespace opstat::cli
