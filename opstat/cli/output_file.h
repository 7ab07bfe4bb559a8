#pragma once

#include <ostream>
#include <string>
#include <string_view>

namespace opstat::cli {

/// A file that appears whole or not at all; a device or pipe is written as it
/// stands, and a link leads to the file it names. It is opened before the work
/// that fills it, so that a path which cannot be written is known before
/// minutes of measuring, not after.
class OutputFile {
 public:
  /// Makes a temporary file beside `path`. Throws Error(kUsage) when that
  /// cannot be, as where the folder is missing.
  explicit OutputFile(const std::string& path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  /// Writes, syncs and renames. Throws Error(kBadData) when the disk is full;
  /// what stood at the path before is then still there.
  void Commit(std::string_view content);

 private:
  bool Publish() const;

  std::string path_;
  std::string temporary_;  ///< "": the path itself is open
  int fd_ = -1;
};

/// Writes all of `content`; false, with errno, where that cannot be: a full
/// disk takes a part of it first.
bool WriteAll(int fd, std::string_view content);

/// Writes to `stdout_stream` for the path "-", else through an OutputFile.
void WriteTo(const std::string& path, std::string_view content,
             std::ostream& stdout_stream);

}  // namespace opstat::cli
