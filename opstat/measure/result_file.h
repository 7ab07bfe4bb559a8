#pragma once

#include <string>

#include "opstat/measure/file_descriptor.h"

namespace opstat::measure {

/// Where a child writes its result: a file in memory without a name of its own,
/// which children of this process open by its path under /proc. Whatever ends
/// us, nothing is left behind.
class ResultFile {
 public:
  /// Throws Error(kCannotMeasure) when there is no memory for it.
  ResultFile();

  std::string path() const;
  /// What children have written to it so far. Throws Error(kBadData) when that
  /// is more than any benchmark has to say.
  std::string Read() const;

 private:
  FileDescriptor file_;
};

}  // namespace opstat::measure
