#include "opstat/cli/version.h"

#include "commit.h"

namespace opstat::cli {

std::string VersionText() { return "opstat " OPSTAT_VERSION; }

std::string BuildText() {
  return VersionText() + " (commit " OPSTAT_COMMIT ", " OPSTAT_COMPILER
                         ", Google Benchmark " OPSTAT_GOOGLE_BENCHMARK
                         ", SQLite " OPSTAT_SQLITE ")";
}

}  // namespace opstat::cli
