#pragma once

#include <cstdint>
#include <string>

#include "opstat/store/database.h"

namespace opstat::store {

/// The key of the run that `name` stands for: "latest", a tag, or the beginning
/// of an id, in that order. Throws when there is none, or more than one id
/// begins so.
std::int64_t FindRun(Database& database, const std::string& name);

}  // namespace opstat::store
