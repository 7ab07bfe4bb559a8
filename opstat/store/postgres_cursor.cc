#include "opstat/store/postgres_cursor.h"

#include <fmt/format.h>

#include <bit>
#include <cmath>

#include "opstat/store/postgres_text.h"

namespace opstat::store {

void PostgresCursor::Put(int index, Parameter parameter) {
  const auto place = static_cast<std::size_t>(index - 1);
  if (parameters_.size() <= place) parameters_.resize(place + 1);
  parameters_[place] = std::move(parameter);
}

void PostgresCursor::BindAt(int index, std::int64_t value) {
  Put(index, {.bytes = fmt::to_string(value), .null = false});
}

void PostgresCursor::BindAt(int index, double value) {
  // As the shortest text that reads back as the same value.
  Put(index, {.bytes = fmt::to_string(value), .null = std::isnan(value)});
}

void PostgresCursor::BindAt(int index, std::string_view text) {
  Put(index, {.bytes = ToPostgresText(text), .null = false});
}

void PostgresCursor::BindAt(int index, std::span<const std::byte> blob) {
  Put(index,
      {.bytes = {reinterpret_cast<const char*>(blob.data()), blob.size()},
       .null = false,
       .binary = true});
}

void PostgresCursor::BindAt(int index, std::nullptr_t) { Put(index, {}); }

PostgresDatabase::Parameters PostgresCursor::Parameters() const {
  PostgresDatabase::Parameters all;
  for (const Parameter& parameter : parameters_) {
    all.values.push_back(parameter.null ? nullptr : parameter.bytes.c_str());
    all.lengths.push_back(static_cast<int>(parameter.bytes.size()));
    all.formats.push_back(parameter.binary ? 1 : 0);
  }
  return all;
}

bool PostgresCursor::Step() {
  if (!rows_) rows_ = database_.Query(statement_, Parameters());
  return ++row_ < database_.libpq_.PQntuples(rows_.get());
}

void PostgresCursor::Run() {
  database_.InTransaction() ? database_.Post(statement_, Parameters())
                            : void(database_.Query(statement_, Parameters()));
  Reset();
}

void PostgresCursor::Reset() noexcept {
  rows_.reset();
  row_ = -1;
}

std::string_view PostgresCursor::Value(int column) const {
  const Libpq& libpq = database_.libpq_;
  return {
      libpq.PQgetvalue(rows_.get(), row_, column),
      static_cast<std::size_t>(libpq.PQgetlength(rows_.get(), row_, column))};
}

std::int64_t PostgresCursor::Integer(int column) const {
  const std::string_view bytes = Value(column);
  // The sign of the first byte is that of the number, of 2, 4 or 8 bytes.
  std::uint64_t bits = !bytes.empty() && bytes[0] < 0 ? ~std::uint64_t{0} : 0;
  for (const char byte : bytes)
    bits = bits << 8 | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(bits);
}

std::string PostgresCursor::Text(int column) const {
  return FromPostgresText(Value(column));
}

double PostgresCursor::Real(int column) const {
  return std::bit_cast<double>(Integer(column));
}

bool PostgresCursor::IsNull(int column) const {
  return database_.libpq_.PQgetisnull(rows_.get(), row_, column) != 0;
}

std::span<const std::byte> PostgresCursor::Blob(int column) const {
  const std::string_view bytes = Value(column);
  return {reinterpret_cast<const std::byte*>(bytes.data()), bytes.size()};
}

}  // namespace opstat::store
