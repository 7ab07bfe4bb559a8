#pragma once

#include <string>
#include <vector>

#include "opstat/cli/compare_run.h"

namespace opstat::cli {

/// Which call sites make a benchmark allocate more than it did.
struct Blamed {
  std::string benchmark;
  std::string command;  ///< that shows all of them; "" when none can be named
  std::string site;     ///< "parse.cc:12 in Parse(): +1 allocs/op, +64 B/op"
  std::string file;     ///< in the contender's sources; "" when not known
  int line = 0;
};

/// For the benchmarks of a gate's run whose allocations or bytes fail, the
/// first few of them looked into: both programs run once more, a second at
/// most. Where the programs are not there (files) or do not tell, the site is
/// "".
std::vector<Blamed> BlameFailures(const CompareRun& run);

/// One word of a command line as a POSIX shell reads it.
std::string ShellWord(const std::string& word);

}  // namespace opstat::cli
