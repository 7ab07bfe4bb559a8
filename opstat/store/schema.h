#pragma once

#include <span>

namespace opstat::store {

/// Every schema there ever was, as the steps between them; append-only. What
/// the tables hold is told in docs/SCHEMA.md, for both alike.
std::span<const char* const> SqliteMigrations();
std::span<const char* const> PostgresMigrations();

}  // namespace opstat::store
