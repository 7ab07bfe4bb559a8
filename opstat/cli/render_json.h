#pragma once

#include <functional>
#include <string>

#include "opstat/benchfmt/error.h"
#include "opstat/cli/arguments.h"
#include "opstat/compare/comparison.h"
#include "opstat/store/history.h"

namespace opstat::cli {

class Json;

/// An opstat.compare/1 document; `samples` adds the raw samples to each row,
/// `more` fields at its end.
std::string ComparisonJson(const compare::Comparison& comparison, bool samples,
                           const std::function<void(Json&)>& more = {});

/// An opstat.list/1 document.
std::string ListJson(const std::vector<store::RunLine>& runs);

/// {"error":{"code":..,"message":..,"hint":..}}
std::string ErrorJson(const Error& error);

/// Throws Error(kUsage) for what the output of `compare`, `gate` and `show` has
/// no use of: --samples without --json, --only-changed with it.
void RefuseUnused(const Arguments& arguments);

}  // namespace opstat::cli
