#pragma once

#include <array>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace opstat::engine {

/// A name that stands for nothing here; what() lists those that do.
class UnknownName : public std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// The spelling of an enum's values, for options and the C interface.
template <class Value, std::size_t kCount>
struct NamedValues {
  const char* what;
  std::array<std::pair<std::string_view, Value>, kCount> entries;

  std::string_view Name(Value value) const {
    for (const auto& [name, named] : entries) {
      if (named == value) return name;
    }
    return {};
  }

  Value Parse(std::string_view wanted) const {
    std::string known;
    for (const auto& [name, named] : entries) {
      if (name == wanted) return named;
      if (!known.empty()) known += ", ";
      known += name;
    }
    throw UnknownName(std::string(what) + " '" + std::string(wanted) +
                      "': known are " + known);
  }
};

}  // namespace opstat::engine
