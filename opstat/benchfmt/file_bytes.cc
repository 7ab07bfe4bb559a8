#include "opstat/benchfmt/file_bytes.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "opstat/benchfmt/error.h"

namespace opstat::benchfmt {
namespace {

[[noreturn]] void Fail(const std::string& origin, const std::string& what,
                       const std::string& hint = {}) {
  throw Error(Failure::kBadData, origin + ": " + what, hint);
}

[[noreturn]] void FailTooLarge(const std::string& origin) {
  Fail(origin, "larger than 256 MiB", "split it by --benchmark_filter");
}

class FileDescriptor {
 public:
  explicit FileDescriptor(const std::string& path)
      : fd_(path == "-" ? STDIN_FILENO
                        : ::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~FileDescriptor() {
    if (fd_ > STDIN_FILENO) ::close(fd_);
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;

  int get() const { return fd_; }

 private:
  int fd_;
};

}  // namespace

FileBytes::FileBytes(const std::string& path, const std::string& origin) {
  const FileDescriptor file(path);
  if (file.get() < 0) {
    Fail(origin, std::strerror(errno),
         errno == ENOENT ? "opstat run --out FILE -- ./my_bench writes one"
                         : "");
  }
  struct stat status {};
  const bool known = ::fstat(file.get(), &status) == 0;
  if (known && S_ISDIR(status.st_mode)) {
    Fail(origin, "is a directory", "name a file in it");
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  // Standard input may stand somewhere within its file.
  const bool whole = known && S_ISREG(status.st_mode) && path != "-";
  if (whole && size > kMost) FailTooLarge(origin);
  // The kernel's own files have no size.
  if (!whole || size == 0 || !Map(file.get(), size)) Read(file.get(), origin);
}

FileBytes::~FileBytes() {
  if (mapped_ != nullptr) ::munmap(mapped_, view_.size());
}

bool FileBytes::Map(int fd, std::size_t size) {
  void* const start =
      ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
  if (start == MAP_FAILED) return false;
  mapped_ = start;
  view_ = {static_cast<const char*>(start), size};
  return true;
}

void FileBytes::Read(int fd, const std::string& origin) {
  char chunk[1 << 16];
  for (;;) {
    const ssize_t got = ::read(fd, chunk, sizeof chunk);
    if (got == 0) break;
    if (got < 0 && errno != EINTR) Fail(origin, std::strerror(errno));
    if (got > 0) read_.append(chunk, static_cast<std::size_t>(got));
    if (read_.size() > kMost) FailTooLarge(origin);
  }
  view_ = read_;
}

}  // namespace opstat::benchfmt
