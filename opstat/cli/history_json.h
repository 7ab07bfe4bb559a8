#pragma once

#include <span>
#include <string>

#include "opstat/compare/trend.h"

namespace opstat::cli {

/// An opstat.history/1 document of these series and their changes. What is not
/// defined is null.
std::string HistoryJson(std::span<const compare::Trend> trends);

}  // namespace opstat::cli
