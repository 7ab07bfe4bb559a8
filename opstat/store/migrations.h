#pragma once

#include <cstdint>
#include <span>

#include "opstat/store/database.h"

namespace opstat::store {

/// "opst" in a SQLite file's header: tells a history from other files.
constexpr std::int64_t kApplicationId = 0x6f707374;

/// The steps of the database's dialect, see schema.h.
std::span<const char* const> Migrations(Database::Dialect dialect);

/// Throws, without having written, unless the database is a history of this
/// schema or an older one, or empty.
void CheckIsHistory(Database& database);

/// Takes the steps that are missing, each in a transaction of its own, so that
/// the database always has one schema entirely. Processes may race to do so.
void Migrate(Database& database, std::span<const char* const> migrations);

/// The number of steps the database has taken; 0: it is empty. SQLite keeps it
/// as PRAGMA user_version, PostgreSQL in the table opstat_schema.
std::int64_t SchemaVersion(Database& database);

}  // namespace opstat::store
