#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "opstat/compare/key.h"

namespace opstat::compare {

/// One key of a projection, and the order of its values.
struct Field {
  enum class Order { kFirstSeen, kAlphabetic, kNumeric, kFixed };
  Key key;
  Order order = Order::kFirstSeen;
  std::vector<std::string> fixed;  ///< of kFixed: these values, and no other

  /// Whether the field has a place for `value`.
  bool Takes(std::string_view value) const;
};

/// The keys that tell tables, rows or columns apart, as benchstat writes them:
/// a list with commas or spaces of `key`, `key@alpha`, `key@num` and
/// `key@(value value ...)`.
using Projection = std::vector<Field>;

/// Throws Error(kUsage) that names `option` and the place in `text`.
Projection ParseProjection(std::string_view text, std::string_view option);

/// For each of `values`, distinct and in the order they were first seen, its
/// place in the field's order: 0, 1, ... kNumeric reads SI and IEC prefixes
/// ("2k", "1Mi") and puts what is no number last.
/// REQUIRES: the field takes all of them.
std::vector<std::size_t> Places(const Field& field,
                                const std::vector<std::string>& values);

}  // namespace opstat::compare
