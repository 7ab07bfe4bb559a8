#pragma once

#include <memory>
#include <string>

#include "opstat/store/database.h"
#include "opstat/store/history.h"

namespace opstat::store {

/// A connection to the history at `path`, as History's constructor promises:
/// durable commits, foreign keys, the newest schema. The journal is a
/// write-ahead log (readers and a writer do not wait for each other), or the
/// rollback journal on a file system that machines share. A folder `.opstat`
/// that it makes is ignored by git. For a postgresql:// URL, one to that
/// server.
std::unique_ptr<Database> OpenHistory(const std::string& path,
                                      History::Mode mode);

}  // namespace opstat::store
