#include "opstat/checkout/repository.h"

#include <fmt/format.h>

#include <sstream>

#include "opstat/benchfmt/error.h"

namespace opstat::checkout {

namespace fs = std::filesystem;

fs::path Repository::GitPath(const std::string& name) const {
  return git().Run({"rev-parse", "--path-format=absolute", "--git-path", name});
}

Repository FindRepository(const fs::path& folder) {
  Repository found;
  found.folder = fs::absolute(folder);
  std::string facts;
  try {
    facts = found.git().Run({"rev-parse", "--path-format=absolute",
                             "--is-inside-work-tree", "--is-shallow-repository",
                             "--show-object-format", "--git-common-dir",
                             "--git-path", "objects"});
  } catch (const Error& error) {
    const std::string said = error.what();
    throw Error(Failure::kUsage,
                said.find("not a git repository") != std::string::npos
                    ? fmt::format("'{}' is not in a git checkout",
                                  found.folder.lexically_normal().string())
                    : said,
                "revisions are of one; programs that exist already need none: "
                "--base-cmd CMD --head-cmd CMD, and files neither: opstat stat "
                "OLD NEW, opstat gate --from OLD NEW");
  }
  std::istringstream lines(facts);
  std::string inside, shallow, common, objects;
  std::getline(lines, inside);
  std::getline(lines, shallow);
  std::getline(lines, found.object_format);
  std::getline(lines, common);
  std::getline(lines, objects);
  found.shallow = shallow == "true";
  found.common = common;
  found.objects = objects;
  if (inside == "true") {
    found.root = found.git().Run({"rev-parse", "--show-toplevel"});
    found.folder = found.root;
  }
  return found;
}

std::vector<Submodule> ListSubmodules(const Git& git) {
  std::vector<Submodule> found;
  // "160000 <commit> <stage>\t<path>"
  for (const std::string& entry : SplitAtNul(git.Run({"ls-files", "-sz"})))
    if (const std::size_t tab = entry.find('\t'); entry.starts_with("160000 "))
      found.push_back({.path = entry.substr(tab + 1),
                       .commit = entry.substr(7, entry.find(' ', 7) - 7)});
  return found;
}

bool IsPopulated(const fs::path& root, const std::string& path) {
  return !root.empty() && fs::exists(root / path / ".git");
}

}  // namespace opstat::checkout
