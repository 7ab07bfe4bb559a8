#include "opstat/cli/version.h"

namespace opstat::cli {

std::string VersionText() { return "opstat " OPSTAT_VERSION; }

}  // namespace opstat::cli
