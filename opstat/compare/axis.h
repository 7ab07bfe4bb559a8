#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "opstat/compare/projection.h"

namespace opstat::compare {

/// The distinct values of a projection: what tells rows, or columns, apart.
class Axis {
 public:
  explicit Axis(Projection fields);

  const Projection& fields() const { return fields_; }
  /// The position, in order of appearance, of a key of a value a field.
  std::size_t Add(const std::vector<std::string>& key);
  std::size_t size() const { return keys_.size(); }
  std::vector<std::string> KeyAt(std::size_t position) const;
  /// The values of a field, by appearance.
  const std::vector<std::string>& Values(std::size_t field) const {
    return values_[field].seen;
  }
  /// For each position its place in the projection's order.
  std::vector<std::size_t> Places() const;

 private:
  struct FieldValues {
    std::vector<std::string> seen;
    std::unordered_map<std::string, std::size_t> id_of;
  };

  Projection fields_;
  std::vector<FieldValues> values_;             ///< a field
  std::vector<std::vector<std::size_t>> keys_;  ///< ids, a field each
  std::map<std::vector<std::size_t>, std::size_t> positions_;
};

}  // namespace opstat::compare
