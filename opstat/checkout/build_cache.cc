#include "opstat/checkout/build_cache.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>
#include <vector>

#include "opstat/benchfmt/error.h"
#include "opstat/checkout/orphans.h"
#include "opstat/measure/identity.h"

namespace opstat::checkout {
namespace {

namespace fs = std::filesystem;
using measure::FileDescriptor;

constexpr std::size_t kNameLength = 16;
constexpr std::size_t kMostLogs = 32;

[[noreturn]] void Fail(const fs::path& path) {
  throw Error(
      Failure::kCannotMeasure,
      fmt::format("cannot use '{}': {}", path.string(), std::strerror(errno)),
      "XDG_CACHE_HOME says where builds are kept");
}

// The lock, or nothing when another process holds it.
std::optional<FileDescriptor> Lock(const fs::path& path, bool wait) {
  FileDescriptor file(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (file.get() < 0) Fail(path);
  while (flock(file.get(), LOCK_EX | (wait ? 0 : LOCK_NB)) != 0) {
    if (errno == EWOULDBLOCK) return std::nullopt;
    if (errno != EINTR) Fail(path);
  }
  return file;
}

// Finding, making and sweeping entries take turns; each is a moment.
FileDescriptor TakeTurn(const fs::path& root) {
  return *Lock(root / "lock", true);
}

fs::path FinishedFile(const fs::path& entry) { return entry / "finished"; }

std::string FirstLine(const fs::path& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

// "4711 started 123456": the second number is field 22 of /proc/PID/stat, in
// clock ticks since boot, by which a reused process id is told apart.
std::string Owner() {
  std::string stat = FirstLine("/proc/self/stat");
  stat.erase(0, stat.rfind(')') + 2);
  constexpr int kFieldsBetween = 19;
  for (int i = 0; i < kFieldsBetween; ++i) stat.erase(0, stat.find(' ') + 1);
  return fmt::format("{} started {}\n", getpid(),
                     stat.substr(0, stat.find(' ')));
}

std::vector<fs::path> Entries(const fs::path& root) {
  std::vector<fs::path> found;
  for (const auto& item : fs::directory_iterator(root))
    if (item.is_directory() &&
        item.path().filename().string().size() == kNameLength)
      found.push_back(item.path());
  return found;
}

std::uintmax_t BytesUnder(const fs::path& folder) {
  std::uintmax_t bytes = 0;
  for (const auto& item : fs::recursive_directory_iterator(folder))
    if (item.is_regular_file() && !item.is_symlink()) bytes += item.file_size();
  return bytes;
}

void RemoveTree(const fs::path& folder) {
  std::error_code ignored;
  // A build may take away its own write permission, as Go's module cache does.
  fs::remove_all(folder, ignored);
  if (!ignored) return;
  for (const auto& item : fs::recursive_directory_iterator(folder, ignored))
    if (item.is_directory() && !item.is_symlink())
      fs::permissions(item.path(), fs::perms::owner_all, fs::perm_options::add,
                      ignored);
  fs::remove_all(folder, ignored);
}

struct Kept {
  fs::path folder;
  fs::file_time_type used;
  std::uintmax_t bytes;
  FileDescriptor lock;
};

}  // namespace

CacheEntry::CacheEntry(fs::path folder, FileDescriptor lock)
    : folder_(std::move(folder)), lock_(std::move(lock)) {}

CacheEntry::~CacheEntry() {
  if (lock_.get() >= 0 && !Finished()) RemoveTree(folder_);
}

bool CacheEntry::Finished() const { return fs::exists(FinishedFile(folder_)); }

void CacheEntry::Finish(const std::string& key) {
  const fs::path temporary = folder_ / "finishing";
  std::ofstream(temporary) << key << '\n' << BytesUnder(folder_) << '\n';
  fs::rename(temporary, FinishedFile(folder_));
}

BuildCache::BuildCache(fs::path root, Limits limits)
    : root_(std::move(root)), limits_(limits) {
  std::error_code error;
  fs::create_directories(root_ / "logs", error);
  if (error) {
    errno = error.value();
    Fail(root_);
  }
  fs::permissions(root_, fs::perms::owner_all, error);
}

BuildCache::BuildCache(fs::path root) : BuildCache(std::move(root), Limits{}) {}

std::optional<CacheEntry> BuildCache::Find(const std::string& key) const {
  const FileDescriptor turn = TakeTurn(root_);
  for (const fs::path& folder : Entries(root_)) {
    if (FirstLine(FinishedFile(folder)) != key) continue;
    auto lock = Lock(folder / "owner", false);
    if (!lock) continue;
    fs::last_write_time(FinishedFile(folder), fs::file_time_type::clock::now());
    return CacheEntry(folder, *std::move(lock));
  }
  return std::nullopt;
}

CacheEntry BuildCache::Create() const {
  const FileDescriptor turn = TakeTurn(root_);
  const fs::path folder = root_ / measure::RandomId().substr(0, kNameLength);
  fs::create_directory(folder);
  FileDescriptor lock = *Lock(folder / "owner", true);
  std::ofstream(folder / "owner") << Owner();
  return {folder, std::move(lock)};
}

fs::path BuildCache::LogFile(const CacheEntry& entry) const {
  std::vector<fs::path> logs;
  for (const auto& item : fs::directory_iterator(root_ / "logs"))
    logs.push_back(item.path());
  std::sort(logs.begin(), logs.end(), [](const auto& a, const auto& b) {
    return fs::last_write_time(a) > fs::last_write_time(b);
  });
  for (std::size_t i = kMostLogs; i < logs.size(); ++i) fs::remove(logs[i]);
  return root_ / "logs" / (entry.folder().filename().string() + ".log");
}

void BuildCache::Sweep() const {
  const FileDescriptor turn = TakeTurn(root_);
  std::vector<Kept> kept;
  for (const fs::path& folder : Entries(root_)) {
    auto lock = Lock(folder / "owner", false);
    if (!lock) continue;
    const fs::path finished = FinishedFile(folder);
    if (fs::exists(finished)) {
      std::uintmax_t bytes = 0;
      std::ifstream file(finished);
      std::string key;
      std::getline(file, key) >> bytes;
      kept.push_back(
          {folder, fs::last_write_time(finished), bytes, *std::move(lock)});
    } else {
      KillBuildersOf(folder / "build");
      RemoveTree(folder);
    }
  }
  std::sort(kept.begin(), kept.end(),
            [](const Kept& a, const Kept& b) { return a.used > b.used; });
  std::uintmax_t bytes = 0;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    bytes += kept[i].bytes;
    if (i < limits_.entries && bytes <= limits_.bytes) continue;
    fs::remove(FinishedFile(kept[i].folder));
    RemoveTree(kept[i].folder);
  }
}

fs::path DefaultCacheRoot() {
  const char* given = std::getenv("XDG_CACHE_HOME");
  const char* home = std::getenv("HOME");
  fs::path root;
  if (given != nullptr && fs::path(given).is_absolute())
    root = fs::path(given) / "opstat";
  else if (home != nullptr && fs::path(home).is_absolute())
    root = fs::path(home) / ".cache" / "opstat";
  if (root.empty())
    throw Error(Failure::kCannotMeasure, "there is no folder to build in",
                "set XDG_CACHE_HOME or HOME");
  for (char c : root.string())
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 &&
        std::string_view("/._-+@%,=").find(c) == std::string_view::npos &&
        static_cast<signed char>(c) > 0)
      throw Error(Failure::kCannotMeasure,
                  fmt::format("builds would go to '{}', and a shell or make "
                              "would not take that path literally",
                              root.string()),
                  "set XDG_CACHE_HOME to a folder without blanks and quotes");
  return root;
}

}  // namespace opstat::checkout
