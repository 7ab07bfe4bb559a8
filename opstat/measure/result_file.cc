#include "opstat/measure/result_file.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace opstat::measure {

ResultFile::ResultFile() : file_(memfd_create("opstat-result", MFD_CLOEXEC)) {
  if (file_.get() < 0)
    throw Error(
        Failure::kCannotMeasure,
        fmt::format("cannot make a file in memory: {}", std::strerror(errno)));
}

std::string ResultFile::path() const {
  return fmt::format("/proc/{}/fd/{}", getpid(), file_.get());
}

std::string ResultFile::Read() const {
  constexpr off_t kMost = off_t{64} << 20;
  struct stat status {};
  fstat(file_.get(), &status);
  if (status.st_size > kMost)
    throw Error(Failure::kBadData,
                fmt::format("it wrote {} MiB", status.st_size >> 20));
  std::string content(static_cast<std::size_t>(status.st_size), '\0');
  const ssize_t n = pread(file_.get(), content.data(), content.size(), 0);
  content.resize(static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
  return content;
}

}  // namespace opstat::measure
