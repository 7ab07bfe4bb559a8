#include "opstat/benchfmt/reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "opstat/benchfmt/content_id.h"
#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/format_readers.h"
#include "opstat/benchfmt/signature.h"

namespace opstat::benchfmt {
namespace {

constexpr std::size_t kMaxFile = std::size_t{256} << 20;

[[noreturn]] void Fail(const std::string& origin, const std::string& what,
                       const std::string& hint = {}) {
  throw Error(Failure::kBadData, origin + ": " + what, hint);
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

// Reads to the end without asking for a size: a pipe (`<(command)`) has none.
std::string ReadAll(int fd, const std::string& origin) {
  constexpr std::size_t kChunk = 1 << 16;
  std::string bytes;
  for (;;) {
    const std::size_t size = bytes.size();
    bytes.resize(size + kChunk);
    const ssize_t got = ::read(fd, bytes.data() + size, kChunk);
    bytes.resize(size + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0) return bytes;
    if (got < 0 && errno != EINTR) Fail(origin, std::strerror(errno));
    if (bytes.size() > kMaxFile) {
      Fail(origin, "larger than 256 MiB", "split it by --benchmark_filter");
    }
  }
}

}  // namespace

Run ReadRun(std::string_view bytes, std::string_view origin) {
  std::string_view text = bytes;
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) {
    Fail(std::string(origin), "empty",
         "did --benchmark_filter match a benchmark?");
  }
  Run run;
  if (text[start] == '{') {
    run = ReadGoogleBenchmark(text, origin);
  } else if (LooksLikeGoBenchmark(text)) {
    run = ReadGoBenchmark(text, origin);
  } else {
    FailUnknownFormat(text, origin);
  }
  if (run.id.empty()) run.id = ContentId(bytes);
  if (!run.process_samples) {
    if (std::ranges::count(run.warnings, kRepetitionsWarning) == 0) {
      run.warnings.emplace_back(kRepetitionsWarning);
    }
  }
  return run;
}

Run ReadRunFile(const std::string& path) {
  const std::string origin = path == "-" ? "stdin" : path;
  const FileDescriptor file(path);
  if (file.get() < 0) Fail(origin, std::strerror(errno));
  struct stat status;
  if (::fstat(file.get(), &status) == 0 && S_ISDIR(status.st_mode)) {
    Fail(origin, "is a directory", "name a file in it");
  }
  return ReadRun(ReadAll(file.get(), origin), origin);
}

}  // namespace opstat::benchfmt
