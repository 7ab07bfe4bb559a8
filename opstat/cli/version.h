#pragma once

#include <string>

namespace opstat::cli {

/// "opstat 0.1.0"
std::string VersionText();
/// VersionText() and what it was built from, in one line: "(commit
/// 0123456789ab, GNU 12.2.0, Google Benchmark 1.7.1, SQLite 3.40.1)". The
/// commit ends in -dirty where tracked files differed, and is "unknown" where
/// the sources were no git checkout.
std::string BuildText();

}  // namespace opstat::cli
