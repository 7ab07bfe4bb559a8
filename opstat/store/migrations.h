#pragma once

#include <span>

#include "opstat/store/sqlite.h"

namespace opstat::store {

/// "opst" in the file's header: tells a history from other SQLite files.
constexpr std::int64_t kApplicationId = 0x6f707374;

/// Every schema there ever was, as the steps between them. Append-only: the
/// number of steps taken is kept in the file as PRAGMA user_version.
std::span<const char* const> Migrations();

/// Throws, without having written, unless the file is a history of this schema
/// or an older one, or empty.
void CheckIsHistory(Database& database);

/// Takes the steps that are missing, each in a transaction of its own, so that
/// the file always has one schema entirely. Processes may race to do so.
void Migrate(Database& database,
             std::span<const char* const> migrations = Migrations());

/// The number of steps the file has taken; 0: it is empty.
std::int64_t SchemaVersion(Database& database);

}  // namespace opstat::store
