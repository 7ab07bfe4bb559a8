#include "opstat/cli/commit_links.h"

#include <fmt/format.h>

#include <regex>

namespace opstat::cli {
namespace {

// What host and path may hold: nothing that could end or turn an address.
const std::regex& RemotePattern() {
  static const std::regex pattern(
      "(?:https?://(?:[^/@]*@)?|ssh://(?:[^/@]*@)?|[A-Za-z0-9_.-]+@)"
      "([A-Za-z0-9.-]+)(?::[0-9]+(?=/))?[:/]/?"
      "([A-Za-z0-9_.~-]+(?:/[A-Za-z0-9_.~-]+)+)/?");
  return pattern;
}

}  // namespace

std::string CommitUrl(std::string_view remote) {
  std::match_results<std::string_view::const_iterator> parts;
  if (!std::regex_match(remote.begin(), remote.end(), parts, RemotePattern()))
    return "";
  const std::string host = parts[1].str();
  std::string path = parts[2].str();
  if (path.ends_with(".git")) path.erase(path.size() - 4);
  if (host.find("github") != std::string::npos)
    return fmt::format("https://{}/{}/commit/", host, path);
  if (host.find("gitlab") != std::string::npos)
    return fmt::format("https://{}/{}/-/commit/", host, path);
  return "";
}

}  // namespace opstat::cli
