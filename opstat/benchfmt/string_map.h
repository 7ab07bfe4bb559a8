#pragma once

#include <functional>
#include <memory_resource>
#include <string>
#include <string_view>
#include <unordered_map>

namespace opstat::benchfmt {

struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>()(text);
  }
};

/// A hash map by string in which find() takes a std::string_view and copies
/// nothing.
template <typename Value>
using StringMap =
    std::unordered_map<std::string, Value, StringHash, std::equal_to<>>;

/// The same in memory of its own: its many small pieces do not lie among what
/// outlives them.
template <typename Value>
using PooledStringMap = std::pmr::unordered_map<std::pmr::string, Value,
                                                StringHash, std::equal_to<>>;

}  // namespace opstat::benchfmt
