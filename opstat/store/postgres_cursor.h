#pragma once

#include <optional>
#include <string>
#include <vector>

#include "opstat/store/postgres.h"

namespace opstat::store {

/// A statement that the server has prepared. Its rows come at once with the
/// first Step.
class PostgresCursor final : public Cursor {
 public:
  PostgresCursor(PostgresDatabase& database, std::string statement)
      : database_(database), statement_(std::move(statement)) {}

  void BindAt(int index, std::int64_t value) override;
  void BindAt(int index, double value) override;
  void BindAt(int index, std::string_view text) override;
  void BindAt(int index, std::span<const std::byte> blob) override;
  void BindAt(int index, std::nullptr_t) override;
  bool Step() override;
  void Run() override;
  void Reset() noexcept override;
  std::int64_t Integer(int column) const override;
  std::string Text(int column) const override;
  double Real(int column) const override;
  bool IsNull(int column) const override;
  std::span<const std::byte> Blob(int column) const override;

 private:
  struct Parameter {
    std::string bytes;
    bool null = true, binary = false;
  };
  void Put(int index, Parameter parameter);
  PostgresDatabase::Parameters Parameters() const;
  /// The bytes of a value in the row, integers and reals big-endian.
  std::string_view Value(int column) const;

  PostgresDatabase& database_;
  std::string statement_;
  std::vector<Parameter> parameters_;
  PostgresDatabase::Result rows_;
  int row_ = -1;
};

}  // namespace opstat::store
