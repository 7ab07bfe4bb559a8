#pragma once

#include <functional>
#include <string>
#include <vector>

#include "opstat/benchfmt/run.h"

namespace opstat::cli {

/// Calls `store`, which stores `runs` in `database`. When it throws an Error,
/// the runs are written to `opstat-unrecorded-ID.jsonl` beside the database,
/// else in the current or in the temporary folder, and the Error's hint then
/// says how to import that file: minutes of measuring are not lost with a disk
/// or a server.
void StoreOrKeep(const std::vector<benchfmt::Run>& runs,
                 const std::string& database,
                 const std::function<void()>& store);

}  // namespace opstat::cli
