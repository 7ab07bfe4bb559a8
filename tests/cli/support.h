#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace opstat::cli {

inline bool Contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// What one call of the program left behind.
struct Outcome {
  int code;
  std::string out, err;
};

/// Calls App in this process, with streams that are no terminals.
Outcome Opstat(const std::vector<std::string>& words);

/// A folder of its own, gone with its owner.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string operator/(const std::string& name) const {
    return (path_ / name).string();
  }
  /// Writes a file in it and gives its path.
  std::string Write(const std::string& name, const std::string& content) const;
  /// Names of the files in it, sorted.
  std::vector<std::string> Files() const;

 private:
  std::filesystem::path path_;
};

std::string ReadFile(const std::string& path);

/// Compares with tests/testdata/cli/NAME. With OPSTAT_ACCEPT_GOLDENS set (what
/// `make golden` does) the file is written instead.
void ExpectGolden(const std::string& name, const std::string& got);

/// Path of a file under tests/testdata.
std::string TestData(const std::string& name);

}  // namespace opstat::cli
