#pragma once

#include <string>

namespace opstat::cli {

/// "opstat 0.1.0"
std::string VersionText();

}  // namespace opstat::cli
