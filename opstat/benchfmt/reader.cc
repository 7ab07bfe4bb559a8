#include "opstat/benchfmt/reader.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <utility>

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

// A guess at the size, for one allocation; a pipe (`<(command)`) has none.
std::size_t SizeOf(const struct stat& status) {
  const bool known = S_ISREG(status.st_mode) && status.st_size > 0;
  return known ? std::min(static_cast<std::size_t>(status.st_size), kMaxFile)
               : 0;
}

// Bytes that nobody zeroes before they are read into: of a large file that
// takes about as long as parsing it.
class Bytes {
 public:
  explicit Bytes(std::size_t capacity) { Grow(capacity); }

  std::string_view View() const { return {data_.get(), size_}; }
  char* End() { return data_.get() + size_; }
  std::size_t Room() const { return capacity_ - size_; }
  void Add(std::size_t count) {
    size_ += count;
    if (size_ == capacity_) Grow(std::min(2 * capacity_, kMaxFile + 2));
  }

 private:
  struct Free {
    void operator()(char* data) const { std::free(data); }
  };

  // On large pages, where there are some: a page at a time, a large file takes
  // about as long to make room for as to parse.
  void Grow(std::size_t capacity) {
    constexpr std::size_t kPage = std::size_t{2} << 20;
    const std::size_t whole = (capacity + kPage - 1) / kPage * kPage;
    std::unique_ptr<char[], Free> larger(static_cast<char*>(
        capacity < kPage ? std::malloc(capacity)
                         : std::aligned_alloc(kPage, whole)));
    if (!larger) throw std::bad_alloc();
    if (capacity >= kPage) ::madvise(larger.get(), whole, MADV_HUGEPAGE);
    std::copy_n(data_.get(), size_, larger.get());
    data_ = std::move(larger);
    capacity_ = capacity;
  }

  std::unique_ptr<char[], Free> data_;
  std::size_t size_ = 0, capacity_ = 0;
};

Bytes ReadAll(int fd, std::size_t size_guess, const std::string& origin) {
  constexpr std::size_t kChunk = 1 << 16;
  Bytes bytes(size_guess + kChunk);
  for (;;) {
    const ssize_t got = ::read(fd, bytes.End(), bytes.Room());
    if (got == 0) return bytes;
    if (got < 0 && errno != EINTR) Fail(origin, std::strerror(errno));
    bytes.Add(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (bytes.View().size() > kMaxFile) {
      Fail(origin, "larger than 256 MiB", "split it by --benchmark_filter");
    }
  }
}

Bytes ReadFile(const std::string& path, const std::string& origin) {
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
  return ReadAll(file.get(), SizeOf(status), origin);
}

// `start`: the first byte of `text` that is no space.
std::vector<Run> Read(std::string_view text, std::size_t start,
                      std::string_view origin) {
  const std::string_view head = text.substr(start);
  if (LooksLikeJsonLines(head)) return ReadJsonLines(text, origin);
  std::vector<Run> runs;  // an initializer list would copy the run
  if (LooksLikeHyperfine(head)) {
    runs.push_back(ReadHyperfine(text, origin));
  } else if (head[0] == '{') {
    runs.push_back(ReadGoogleBenchmark(text, origin));
  } else if (LooksLikeGoBenchmark(head)) {
    runs.push_back(ReadGoBenchmark(text, origin));
  } else {
    FailUnknownFormat(text, origin);
  }
  return runs;
}

std::string Origin(const std::string& path) {
  return path == "-" ? "stdin" : path;
}

Run OnlyOne(std::vector<Run> runs, std::string_view origin) {
  if (runs.size() > 1) {
    Fail(std::string(origin),
         "holds " + std::to_string(runs.size()) + " runs, and one is wanted",
         "opstat import it, then export the one you want");
  }
  return std::move(runs.front());
}

}  // namespace

std::vector<Run> ReadRuns(std::string_view bytes, std::string_view origin) {
  std::string_view text = bytes;
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) {
    Fail(std::string(origin), "empty",
         "did --benchmark_filter match a benchmark?");
  }
  std::vector<Run> runs = Read(text, start, origin);
  for (Run& run : runs) {
    if (run.id.empty()) run.id = ContentId(bytes);
    if (!run.process_samples &&
        std::ranges::count(run.warnings, kRepetitionsWarning) == 0) {
      run.warnings.emplace_back(kRepetitionsWarning);
    }
  }
  return runs;
}

Run ReadRun(std::string_view bytes, std::string_view origin) {
  return OnlyOne(ReadRuns(bytes, origin), origin);
}

std::vector<Run> ReadRunsFile(const std::string& path) {
  const std::string origin = Origin(path);
  return ReadRuns(ReadFile(path, origin).View(), origin);
}

Run ReadRunFile(const std::string& path) {
  return OnlyOne(ReadRunsFile(path), Origin(path));
}

}  // namespace opstat::benchfmt
