#pragma once

#include <string>

namespace opstat::measure {

/// An empty file of our own in the folder for temporary files, gone with its
/// owner. Throws Error(kCannotMeasure) when it cannot be made.
class TemporaryFile {
 public:
  TemporaryFile();
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const std::string& path() const { return path_; }
  /// What others have written to it so far.
  std::string Read() const;

 private:
  std::string path_;
};

}  // namespace opstat::measure
