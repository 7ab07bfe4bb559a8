#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace opstat::cli {

/// The folder that holds the Python package `reports`: share/opstat beside the
/// installed program, or the source tree of a build folder. "": neither.
std::filesystem::path ReportsFolder();

/// The interpreters that may have the package's requirements, the likeliest
/// first: those of a venv beside the install or the build folder, Debian's, and
/// the one on PATH, which often is a shim without packages. `chosen`, when it
/// is not empty, is the only one.
std::vector<std::string> PythonCandidates(const std::string& chosen);

/// A call of the package.
struct PythonCall {
  std::string_view document;           ///< opstat.report/1, its input
  std::span<const double> columns;     ///< of which the document speaks
  std::vector<std::string> arguments;  ///< beside input and output
  std::vector<std::string> candidates;
  /// Told each line of progress.
  std::function<void(std::string_view)> on_progress;
};

/// What it wrote, or what kept each candidate from it.
struct PythonResult {
  std::optional<std::string> output;
  std::vector<std::string> tried;  ///< "/usr/bin/python3: No module named ..."
};

/// Runs the first candidate that can. Throws Error(kUsage), Error(kBadData) and
/// Error(kCannotMeasure) for what the package says so of, Interrupted.
PythonResult CallReports(const PythonCall& call);

}  // namespace opstat::cli
