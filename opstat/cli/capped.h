#pragma once

#include <string>
#include <vector>

namespace opstat::cli {

/// The first of `lines` that fit into `limit` bytes together, each whole.
struct Capped {
  std::string text;
  std::size_t left_out = 0;
};
Capped TakeLines(const std::vector<std::string>& lines, std::size_t limit);

}  // namespace opstat::cli
