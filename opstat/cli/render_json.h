#pragma once

#include <string>

#include "opstat/benchfmt/error.h"
#include "opstat/compare/comparison.h"
#include "opstat/store/history.h"

namespace opstat::cli {

/// An opstat.compare/1 document; `samples` adds the raw samples to each row.
std::string ComparisonJson(const compare::Comparison& comparison, bool samples);

/// An opstat.list/1 document.
std::string ListJson(const std::vector<store::RunLine>& runs);

/// {"error":{"code":..,"message":..,"hint":..}}
std::string ErrorJson(const Error& error);

}  // namespace opstat::cli
