#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace opstat::benchfmt {

/// The bytes of a whole file, for as long as the object lives. A regular file
/// is mapped: to clear memory for a large one and to copy it there takes as
/// long as to parse it. One that somebody cuts short meanwhile ends the process
/// by SIGBUS, as a reader that changes nothing can afford.
class FileBytes {
 public:
  static constexpr std::size_t kMost = std::size_t{256} << 20;

  /// `path` "-" is standard input. Throws Error(kBadData) that names `origin`
  /// when it cannot be opened, is a directory, or is larger than kMost.
  FileBytes(const std::string& path, const std::string& origin);
  ~FileBytes();
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;

  std::string_view View() const { return view_; }

 private:
  bool Map(int fd, std::size_t size);
  void Read(int fd, const std::string& origin);

  std::string_view view_;
  std::string read_;  ///< what cannot be mapped: a pipe, a terminal
  void* mapped_ = nullptr;
};

}  // namespace opstat::benchfmt
