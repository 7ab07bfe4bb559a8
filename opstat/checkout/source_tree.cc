#include "opstat/checkout/source_tree.h"

#include <fmt/format.h>

#include <fstream>

#include "opstat/benchfmt/error.h"

namespace opstat::checkout {
namespace {

namespace fs = std::filesystem;

// What decides which files a checkout writes and with which bytes.
constexpr const char* kContentSettings =
    "^(core\\.(autocrlf|eol|symlinks|filemode|ignorecase|attributesfile|"
    "sparsecheckout|sparsecheckoutcone)|filter\\..*|lfs\\..*)$";

void Write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  if (!(std::ofstream(path, std::ios::binary) << text).flush())
    throw Error(Failure::kCannotMeasure,
                fmt::format("cannot write '{}'", path.string()),
                "is the disk full?");
}

void CopyIfThere(const fs::path& from, const fs::path& to) {
  if (!fs::exists(from)) return;
  fs::create_directories(to.parent_path());
  fs::copy_file(from, to);
}

void CopyContentSettings(const Repository& repository, const Git& git) {
  const auto settings = repository.git().Try(
      {"config", "-z", "--includes", "--get-regexp", kContentSettings});
  for (const std::string& setting : SplitAtNul(settings.value_or(""))) {
    const std::size_t end = setting.find('\n');
    // A key without a value is true.
    git.Run({"config", "--add", setting.substr(0, end),
             end == std::string::npos ? "true" : setting.substr(end + 1)});
  }
}

Git MakeRepository(const Repository& from, const fs::path& destination,
                   const fs::path& more_objects) {
  fs::create_directories(destination);
  Git git(destination);
  git.Run({"init", "--quiet",
           "--template=", "--object-format=" + from.object_format});
  const fs::path folder = destination / ".git";
  std::string alternates = from.objects.string() + '\n';
  if (!more_objects.empty()) alternates += more_objects.string() + '\n';
  Write(folder / "objects/info/alternates", alternates);
  CopyIfThere(from.common / "shallow", folder / "shallow");
  CopyIfThere(from.GitPath("info/attributes"), folder / "info/attributes");
  CopyIfThere(from.GitPath("info/sparse-checkout"),
              folder / "info/sparse-checkout");
  const std::string tags = from.git().Run(
      {"for-each-ref", "--format=%(objectname) %(refname)", "refs/tags"});
  if (!tags.empty()) Write(folder / "packed-refs", tags + '\n');
  CopyContentSettings(from, git);
  return git;
}

void CheckOut(const Git& git, const std::string& commit) {
  try {
    git.Run({"checkout", "--quiet", "--force", "--detach", commit});
  } catch (const Error& error) {
    throw Error(Failure::kCannotMeasure, error.what(),
                "is that disk full? files kept elsewhere must be here first: "
                "git lfs fetch, or git fetch --refetch in a partial clone");
  }
}

void WriteSubmodule(const Repository& from, const Submodule& submodule,
                    const fs::path& destination, const fs::path& more_objects,
                    std::vector<std::string>& notes) {
  if (!IsPopulated(from.root, submodule.path)) {
    notes.push_back(
        fmt::format("submodule '{}' is not checked out here and stays empty "
                    "(git submodule update --init)",
                    submodule.path));
    return;
  }
  const Repository inner = FindRepository(from.root / submodule.path);
  const bool here = inner.git().Try({"cat-file", "-e", submodule.commit}) ||
                    Git(inner.folder, {{"GIT_OBJECT_DIRECTORY", more_objects}})
                        .Try({"cat-file", "-e", submodule.commit});
  if (!here)
    throw Error(Failure::kCannotMeasure,
                fmt::format("submodule '{}' lacks the commit {}",
                            submodule.path, submodule.commit),
                fmt::format("git -C {} fetch origin {}", submodule.path,
                            submodule.commit));
  const auto inside = WriteSourceTree(
      inner, submodule.commit, destination / submodule.path, more_objects);
  notes.insert(notes.end(), inside.begin(), inside.end());
}

void NoteLfsPointers(const Git& git, const fs::path& destination,
                     std::vector<std::string>& notes) {
  std::size_t pointers = 0;
  const std::string files =
      git.Run({"ls-files", "-z", "--", ":(attr:filter=lfs)"});
  for (const std::string& file : SplitAtNul(files)) {
    constexpr std::string_view kMark = "version https://git-lfs";
    std::string start(kMark.size(), '\0');
    std::ifstream(destination / file)
        .read(start.data(), static_cast<std::streamsize>(start.size()));
    pointers += start == kMark ? 1 : 0;
  }
  if (pointers > 0)
    notes.push_back(
        fmt::format("{} Git LFS files are pointers, not content "
                    "(git lfs install && git lfs fetch)",
                    pointers));
}

}  // namespace

std::vector<std::string> WriteSourceTree(const Repository& repository,
                                         const std::string& commit,
                                         const fs::path& destination,
                                         const fs::path& more_objects) {
  Git git = MakeRepository(repository, destination, more_objects);
  CheckOut(git, commit);
  std::vector<std::string> notes;
  NoteLfsPointers(git, destination, notes);
  for (const Submodule& submodule : ListSubmodules(git))
    WriteSubmodule(repository, submodule, destination, more_objects, notes);
  return notes;
}

}  // namespace opstat::checkout
