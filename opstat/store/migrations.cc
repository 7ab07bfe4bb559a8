#include "opstat/store/migrations.h"

#include <string>

#include "opstat/store/schema.h"
#include "opstat/store/transaction.h"

namespace opstat::store {
namespace {

using Dialect = Database::Dialect;

struct Identity {
  std::int64_t application, version, objects;
};

// One statement, so that another process cannot create the schema in between.
Identity SqliteIdentity(Database& database) {
  Statement identity(database,
                     "SELECT application_id, user_version,"
                     " (SELECT count(*) FROM sqlite_schema)"
                     " FROM pragma_application_id, pragma_user_version");
  identity.Step();
  return {identity.Integer(0), identity.Integer(1), identity.Integer(2)};
}

// The tables likewise: between two statements another process can make them.
Identity PostgresIdentity(Database& database) {
  Statement tables(
      database,
      "SELECT coalesce(sum(CASE table_name WHEN 'opstat_schema' THEN 1 ELSE 0"
      " END), 0), count(*) FROM information_schema.tables"
      " WHERE table_schema = current_schema() AND table_name IN"
      " ('opstat_schema', 'run', 'series', 'result', 'comparison',"
      " 'comparison_run', 'verdict', 'tag', 'medians', 'verdicts')");
  tables.Step();
  if (tables.Integer(0) == 0) return {0, 0, tables.Integer(1)};
  Statement version(database,
                    "SELECT coalesce(max(version), 0) FROM opstat_schema");
  version.Step();
  return {kApplicationId, version.Integer(0), 1};
}

Identity ReadIdentity(Database& database) {
  return database.dialect() == Dialect::kSqlite ? SqliteIdentity(database)
                                                : PostgresIdentity(database);
}

void WriteVersion(Database& database, std::int64_t version) {
  const std::string number = std::to_string(version);
  if (database.dialect() == Dialect::kPostgres) {
    database.Execute("INSERT INTO opstat_schema VALUES (" + number + ")");
    return;
  }
  database.Execute("PRAGMA application_id = " + std::to_string(kApplicationId));
  database.Execute("PRAGMA user_version = " + number);
}

}  // namespace

std::span<const char* const> Migrations(Dialect dialect) {
  return dialect == Dialect::kSqlite ? SqliteMigrations()
                                     : PostgresMigrations();
}

void CheckIsHistory(Database& database) {
  const Identity found = ReadIdentity(database);
  const bool empty = found.application == 0 && found.objects == 0;
  if (!empty && found.application != kApplicationId) {
    throw Error(Failure::kBadData,
                database.name() + " is the database of another program",
                "choose another one with --db");
  }
  if (found.version < 0 || (found.version == 0) != (found.objects == 0)) {
    database.Damaged("the schema's version");
  }
  const auto newest =
      static_cast<std::int64_t>(Migrations(database.dialect()).size());
  if (found.version > newest) {
    throw Error(Failure::kBadData,
                "history " + database.name() + " has schema " +
                    std::to_string(found.version) + "; this opstat knows " +
                    std::to_string(newest),
                "use the newer opstat that wrote it, or choose another "
                "database with --db");
  }
}

std::int64_t SchemaVersion(Database& database) {
  return ReadIdentity(database).version;
}

void Migrate(Database& database, std::span<const char* const> migrations) {
  const auto newest = static_cast<std::int64_t>(migrations.size());
  while (SchemaVersion(database) < newest) {
    InTransaction(database, Database::Access::kWrite, [&] {
      // Again, now that no other process can migrate.
      const std::int64_t version = SchemaVersion(database);
      if (version >= newest) return version;
      // First, as on a server its key stops those that race for this step;
      // the place to write it to comes with the first one.
      if (version > 0) WriteVersion(database, version + 1);
      database.Execute(migrations[static_cast<std::size_t>(version)]);
      if (version == 0) WriteVersion(database, version + 1);
      return version + 1;
    });
  }
}

}  // namespace opstat::store
