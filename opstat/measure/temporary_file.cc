#include "opstat/measure/temporary_file.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "opstat/benchfmt/error.h"

namespace opstat::measure {

namespace fs = std::filesystem;

TemporaryFile::TemporaryFile() {
  std::error_code error;
  const fs::path folder = fs::temp_directory_path(error);
  path_ = (folder / "opstat-XXXXXX").string();
  const int fd = error ? -1 : mkstemp(path_.data());
  if (fd < 0)
    throw Error(Failure::kCannotMeasure,
                "cannot make a file in the folder for temporary files",
                "set TMPDIR to a folder that can be written");
  close(fd);
}

TemporaryFile::~TemporaryFile() {
  std::error_code ignored;
  fs::remove(path_, ignored);
}

std::string TemporaryFile::Read() const {
  std::ifstream file(path_, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

}  // namespace opstat::measure
