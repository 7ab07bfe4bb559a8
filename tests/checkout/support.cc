#include "tests/checkout/support.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "opstat/measure/child.h"

namespace opstat::checkout {

namespace fs = std::filesystem;

Sandbox::Sandbox() {
  std::string name =
      (fs::temp_directory_path() / "opstat-checkout-XXXXXX").string();
  path_ = mkdtemp(name.data());
  setenv("GIT_CONFIG_GLOBAL", (path_ / "gitconfig").c_str(), 1);
  setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
  WriteFile(path_ / "gitconfig",
            "[user]\nname = Tester\nemail = tester@example.com\n"
            "[init]\ndefaultBranch = main\n[protocol \"file\"]\n"
            "allow = always\n");
}

Sandbox::~Sandbox() { fs::remove_all(path_); }

TestRepository::TestRepository(fs::path root) : root_(std::move(root)) {
  fs::create_directories(root_);
  Git({"init", "--quiet"});
}

std::string TestRepository::Git(
    const std::vector<std::string>& arguments) const {
  std::vector<std::string> argv = {"git"};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  measure::ChildResult result =
      measure::RunChild({.argv = argv, .directory = root_});
  EXPECT_TRUE(result.Succeeded()) << arguments[0] << ": " << result.err;
  if (result.out.ends_with('\n')) result.out.pop_back();
  return result.out;
}

void TestRepository::Write(const std::string& name,
                           const std::string& content) const {
  WriteFile(root_ / name, content);
}

std::string TestRepository::Commit(const std::string& message) const {
  Git({"add", "--all"});
  Git({"commit", "--quiet", "--allow-empty", "-m", message});
  return Git({"rev-parse", "HEAD"});
}

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void WriteFile(const fs::path& path, const std::string& content) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << content;
}

std::map<std::string, std::string> Fingerprint(const TestRepository& from) {
  std::map<std::string, std::string> found;
  for (auto item = fs::recursive_directory_iterator(from.root());
       item != fs::recursive_directory_iterator(); ++item) {
    const bool objects = item->path().filename() == "objects" &&
                         item->path().parent_path().filename() != "refs";
    if (objects) item.disable_recursion_pending();
    found[item->path()] = item->is_symlink()
                              ? fs::read_symlink(item->path()).string()
                          : item->is_regular_file() ? ReadFile(item->path())
                                                    : "";
  }
  for (const char* listing : {"worktree", "stash"})
    found[listing] = from.Git({"--no-optional-locks", listing, "list"});
  found["status"] = from.Git({"--no-optional-locks", "status", "--porcelain"});
  return found;
}

Request CopyingRequest(const Sandbox& sandbox, const TestRepository& repository,
                       std::vector<std::string> revisions) {
  const BuildOptions copy{.command = "cp program {build}/program"};
  return {.folder = repository.root(),
          .revisions = std::move(revisions),
          .default_branch = "",
          .base = copy,
          .head = copy,
          .program = "{build}/program",
          .cache = sandbox / "cache"};
}

void Silent(const std::string& /*step*/) {}

}  // namespace opstat::checkout
