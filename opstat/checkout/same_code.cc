#include "opstat/checkout/same_code.h"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <set>
#include <sstream>
#include <vector>

#include "opstat/checkout/elf_image.h"

namespace opstat::checkout {
namespace {

namespace fs = std::filesystem;
using measure::Side;

std::vector<fs::path> TreeOf(const Side& side) {
  if (side.build.empty() && side.source.empty())
    return {fs::path(side.argv[0]).parent_path()};
  return {side.source, side.build};
}

bool IsUnder(const fs::path& file, const fs::path& folder) {
  if (folder.empty()) return false;
  const fs::path relative = file.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

// Where the sides' own folders stand in `text`, the head's for the base's.
std::string AsHead(std::string text, const Side& base, const Side& head) {
  for (const auto& [from, to] :
       {std::pair{base.source.string(), head.source.string()},
        std::pair{base.build.string(), head.build.string()}}) {
    if (from.empty() || from.size() != to.size()) continue;
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size()))
      text.replace(at, from.size(), to);
  }
  return text;
}

// Walks both sides' objects in step.
class Walk {
 public:
  Walk(const Side& base, const Side& head) : base_(base), head_(head) {}

  SameCodeAnswer Run() {
    if (!SameCall()) return {false, "arguments or variables differ"};
    const Object base{base_.argv[0], {}}, head{head_.argv[0], {}};
    if (!InTree(base_, base.path) || !InTree(head_, head.path))
      return {false, "the program is not from the build tree"};
    std::string difference = Compare(base, head);
    if (!difference.empty()) return {false, std::move(difference)};
    return {true, fmt::format("program and {} libraries of the build tree are "
                              "identical but for build id and paths",
                              seen_.size() - 1)};
  }

 private:
  struct Object {
    fs::path path;
    std::vector<std::string> inherited_run_path;
  };

  std::string Same(const std::string& text) const {
    return AsHead(text, base_, head_);
  }

  bool SameCall() const {
    if (base_.argv.size() != head_.argv.size() ||
        base_.environment.size() != head_.environment.size())
      return false;
    for (std::size_t i = 1; i < base_.argv.size(); ++i)
      if (Same(base_.argv[i]) != head_.argv[i]) return false;
    for (std::size_t i = 0; i < base_.environment.size(); ++i) {
      const auto& [name, value] = base_.environment[i];
      if (std::pair(name, Same(value)) != head_.environment[i]) return false;
    }
    return true;
  }

  static bool InTree(const Side& side, const fs::path& file) {
    for (const fs::path& folder : TreeOf(side))
      if (IsUnder(file, folder)) return true;
    return false;
  }

  // Empty when equal, else what differs.
  std::string Compare(const Object& base, const Object& head) {
    if (!seen_.insert(base.path).second) return "";
    const std::string name = base.path.filename();
    const auto ours = ReadElf(base.path), theirs = ReadElf(head.path);
    if (!ours || !theirs) return name + " is not an ELF file with sections";
    if (ours->calls_dlopen || theirs->calls_dlopen)
      return name + " may load objects at run time (dlopen)";
    std::string difference = Difference(*ours, *theirs);
    if (!difference.empty()) return name + " differs in " + difference;
    return CompareNeeded({base, *ours}, {head, *theirs});
  }

  std::string Difference(const ElfImage& base, const ElfImage& head) const {
    if (base.type != head.type || base.machine != head.machine ||
        base.entry != head.entry || base.segments != head.segments ||
        base.sections.size() != head.sections.size())
      return "its layout";
    for (std::size_t i = 0; i < base.sections.size(); ++i) {
      const ElfSection &a = base.sections[i], &b = head.sections[i];
      const auto shape = [](const ElfSection& s) {
        return std::tie(s.name, s.type, s.flags, s.address, s.size, s.alignment,
                        s.entry_size);
      };
      if (shape(a) != shape(b) || Same(a.content) != b.content) return a.name;
    }
    return "";
  }

  struct Loaded {
    const Object& object;
    const ElfImage& image;
  };

  std::string CompareNeeded(const Loaded& base, const Loaded& head) {
    for (const std::string& name : base.image.needed) {
      const Object ours = Find(base_, base, name);
      const Object theirs = Find(head_, head, name);
      if (ours.path.empty() != theirs.path.empty())
        return name + " comes from the build tree on one side only";
      if (ours.path.empty()) continue;
      std::string difference = Compare(ours, theirs);
      if (!difference.empty()) return difference;
    }
    return "";
  }

  // The library of that name as the loader finds it; an empty path when it is
  // not one of the side's tree.
  static Object Find(const Side& side, const Loaded& from,
                     const std::string& name) {
    Object found{{}, from.object.inherited_run_path};
    if (from.image.inherits_run_path)
      found.inherited_run_path.insert(found.inherited_run_path.end(),
                                      from.image.run_path.begin(),
                                      from.image.run_path.end());
    std::vector<std::string> folders = LibraryPath(side);
    for (const auto& list :
         {from.image.run_path, from.object.inherited_run_path})
      folders.insert(folders.end(), list.begin(), list.end());
    if (name.find('/') != std::string::npos) folders = {""};
    for (const std::string& folder : folders) {
      const fs::path path =
          (Expanded(folder, from.object.path) / name).lexically_normal();
      if (!fs::exists(path)) continue;
      if (InTree(side, path)) found.path = path;
      break;
    }
    return found;
  }

  static fs::path Expanded(std::string folder, const fs::path& object) {
    const std::string origin = object.parent_path();
    for (const std::string_view name : {"${ORIGIN}", "$ORIGIN"})
      for (std::size_t at = folder.find(name); at != std::string::npos;
           at = folder.find(name, at + origin.size()))
        folder.replace(at, name.size(), origin);
    return folder;
  }

  static std::vector<std::string> LibraryPath(const Side& side) {
    const char* inherited = std::getenv("LD_LIBRARY_PATH");
    std::string text = inherited == nullptr ? "" : inherited;
    for (const auto& [name, value] : side.environment)
      if (name == "LD_LIBRARY_PATH") text = value;
    std::vector<std::string> folders;
    std::istringstream rest(text);
    for (std::string folder; std::getline(rest, folder, ':');)
      folders.push_back(folder);
    return folders;
  }

  const Side &base_, &head_;
  std::set<fs::path> seen_;
};

}  // namespace

SameCodeAnswer SameCode(const Side& base, const Side& head) {
  return Walk(base, head).Run();
}

}  // namespace opstat::checkout
