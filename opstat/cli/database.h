#pragma once

#include <string>

#include "opstat/cli/arguments.h"
#include "opstat/store/history.h"

namespace opstat::cli {

/// --db, else OPSTAT_DB, else `.opstat/history.db` at the git root, or in the
/// current folder outside a checkout.
std::string DatabasePath(const Arguments& arguments);

/// Median and 95% order-statistic interval, for the store's columns.
store::Summary SummarizeForStore(std::span<const double> values);

}  // namespace opstat::cli
