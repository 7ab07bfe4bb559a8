#pragma once

#include <string>
#include <string_view>

namespace opstat::cli {

/// What `escape` makes of each line of `text`, with `between` between them: for
/// text of several lines where an escape takes one, as OneLine does.
template <class Escape>
std::string ByLine(std::string_view text, Escape escape,
                   std::string_view between) {
  std::string result;
  for (;;) {
    const std::size_t end = text.find('\n');
    result += escape(text.substr(0, end));
    if (end == std::string_view::npos) return result;
    result += between;
    text.remove_prefix(end + 1);
  }
}

}  // namespace opstat::cli
