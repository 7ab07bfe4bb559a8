#include "opstat/cli/output_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "opstat/benchfmt/error.h"

namespace opstat::cli {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kReadableByAll = 0644;

}  // namespace

bool WriteAll(int fd, std::string_view content) {
  while (!content.empty()) {
    const ssize_t n = write(fd, content.data(), content.size());
    if (n < 0 && errno != EINTR) return false;
    if (n > 0) content.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

OutputFile::OutputFile(const std::string& path) : path_(path) {
  std::error_code error;
  if (fs::is_directory(path, error))
    throw Error(Failure::kUsage, fmt::format("{} is a folder", path),
                "name a file to write");
  if (fs::exists(path, error)) path_ = fs::canonical(path, error).string();
  if (fs::exists(path, error) && !fs::is_regular_file(path, error)) {
    fd_ = open(path_.c_str(), O_WRONLY | O_CLOEXEC);
  } else {
    temporary_ = path_ + ".XXXXXX";
    fd_ = mkstemp(temporary_.data());
  }
  if (fd_ < 0)
    throw Error(Failure::kUsage,
                fmt::format("cannot write {}: {}", path, std::strerror(errno)));
}

OutputFile::~OutputFile() {
  if (fd_ < 0) return;
  close(fd_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

void OutputFile::Commit(std::string_view content) {
  const bool in_place = temporary_.empty();
  if (!WriteAll(fd_, content) || (!in_place && !Publish()))
    throw Error(Failure::kBadData,
                fmt::format("cannot write {}: {}", path_, std::strerror(errno)),
                "free some space, or name a file on another disk");
  close(fd_);
  fd_ = -1;
}

bool OutputFile::Publish() const {
  return fchmod(fd_, kReadableByAll) == 0 && fsync(fd_) == 0 &&
         rename(temporary_.c_str(), path_.c_str()) == 0;
}

void WriteTo(const std::string& path, std::string_view content,
             std::ostream& stdout_stream) {
  if (path == "-")
    stdout_stream << content;
  else
    OutputFile(path).Commit(content);
}

}  // namespace opstat::cli
