#include "opstat/cli/capped.h"

namespace opstat::cli {

Capped TakeLines(const std::vector<std::string>& lines, std::size_t limit) {
  Capped capped;
  for (const std::string& line : lines)
    if (capped.left_out == 0 && capped.text.size() + line.size() <= limit)
      capped.text += line;
    else
      ++capped.left_out;
  return capped;
}

}  // namespace opstat::cli
