#pragma once

#include <string>

#include "opstat/cli/arguments.h"
#include "opstat/store/history.h"

namespace opstat::cli {

/// --db, else OPSTAT_DB, else `.opstat/history.db` at the git root, or in the
/// current folder outside a checkout. A path, or the URL of a server.
std::string DatabasePath(const Arguments& arguments);

/// Where files beside the history belong: its folder, or for one on a server
/// `.opstat` at the git root.
std::string FolderOfDatabase(const std::string& database);

/// Median and 95% order-statistic interval, for the store's columns; of an
/// exact unit whose samples are all alike, that value however few they are.
store::Summary SummarizeForStore(const benchfmt::Measurement& measurement);

}  // namespace opstat::cli
