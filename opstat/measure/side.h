#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace opstat::measure {

/// Variables set over what a child inherits, in order; a later one wins.
using Environment = std::vector<std::pair<std::string, std::string>>;

/// One of the two programs that a session alternates: everything needed to
/// start it, and to say later what it was.
struct Side {
  std::string label;        ///< what the user called it: a ref, a command
  std::string commit = {};  ///< full hash; "" when it is no commit
  /// "commit.time", "commit.branch", "commit.dirty", as far as they are known.
  std::map<std::string, std::string> facts = {};
  std::filesystem::path source;  ///< absolute; "" when there is none
  std::filesystem::path build;   ///< absolute; "" when there is none
  std::vector<std::string> argv;
  Environment environment = {};
};

}  // namespace opstat::measure
