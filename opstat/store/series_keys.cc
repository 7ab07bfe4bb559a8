#include "opstat/store/series_keys.h"

#include <algorithm>

namespace opstat::store {
namespace {

// Benchmarks asked for at once: a server is far away.
constexpr std::size_t kTogether = 64;

// What the index holds: an entry of PostgreSQL's has no room for a long name.
std::string Indexed(const Database& database, const std::string& text) {
  return database.dialect() == Database::Dialect::kPostgres
             ? "md5(" + text + ")"
             : text;
}

std::string FindQuery(const Database& database) {
  std::string sql = "SELECT id, benchmark, unit FROM series WHERE " +
                    Indexed(database, "benchmark") + " IN (";
  for (std::size_t i = 1; i <= kTogether; ++i) {
    sql += (i == 1 ? "" : ", ") + Indexed(database, "$" + std::to_string(i));
  }
  return sql + ")";
}

std::string FindOneQuery(const Database& database) {
  return "SELECT id FROM series WHERE " + Indexed(database, "benchmark") +
         " = " + Indexed(database, "$1") + " AND " + Indexed(database, "unit") +
         " = " + Indexed(database, "$2");
}

}  // namespace

SeriesKeys::SeriesKeys(Database& database, const benchfmt::Run& run)
    : insert_(database,
              "INSERT INTO series (benchmark, unit) VALUES ($1, $2)"
              " ON CONFLICT DO NOTHING RETURNING id"),
      find_(database, FindOneQuery(database)) {
  Statement find(database, FindQuery(database));
  for (std::size_t first = 0; first < run.benchmarks.size();
       first += kTogether) {
    find.Reset();
    for (std::size_t i = 0; i < kTogether; ++i)
      find.BindAt(
          static_cast<int>(i + 1),
          run.benchmarks[std::min(first + i, run.benchmarks.size() - 1)].name);
    while (find.Step()) keys_[{find.Text(1), find.Text(2)}] = find.Integer(0);
  }
}

std::int64_t SeriesKeys::Of(const std::string& benchmark,
                            const std::string& unit) {
  const auto [place, missing] = keys_.try_emplace({benchmark, unit}, 0);
  if (missing) place->second = Insert(benchmark, unit);
  return place->second;
}

std::int64_t SeriesKeys::Insert(const std::string& benchmark,
                                const std::string& unit) {
  // Another process may have made it meanwhile.
  Statement& row = insert_.Bind(benchmark, unit).Step()
                       ? insert_
                       : find_.Bind(benchmark, unit);
  if (&row == &find_) row.Step();
  const std::int64_t key = row.Integer(0);
  row.Reset();
  return key;
}

}  // namespace opstat::store
