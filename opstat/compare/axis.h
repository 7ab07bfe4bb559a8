#pragma once

#include <cstddef>
#include <map>
#include <memory_resource>
#include <string>
#include <vector>

#include "opstat/benchfmt/string_map.h"
#include "opstat/compare/projection.h"

namespace opstat::compare {

/// The distinct values of a projection: what tells rows, or columns, apart.
/// Keeps them in `memory`, which outlives it.
class Axis {
 public:
  Axis(Projection fields, std::pmr::memory_resource* memory);

  const Projection& fields() const { return fields_; }
  /// The position, in order of appearance, of a key of a value a field.
  std::size_t Add(const std::vector<std::string>& key);
  std::size_t size() const { return keys_.size(); }
  std::vector<std::string> KeyAt(std::size_t position) const;
  /// For each position its place in the projection's order.
  std::vector<std::size_t> Places() const;

 private:
  using Ids = std::pmr::vector<std::size_t>;  ///< of values, a field each

  struct FieldValues {
    explicit FieldValues(std::pmr::memory_resource* memory) : id_of(memory) {}

    std::vector<std::string> seen;
    benchfmt::PooledStringMap<std::size_t> id_of;
  };

  std::size_t IdOf(const std::string& value, FieldValues& values);

  Projection fields_;
  std::vector<FieldValues> values_;  ///< a field
  std::pmr::vector<Ids> keys_;
  std::pmr::map<Ids, std::size_t> positions_;
};

}  // namespace opstat::compare
