#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace opstat::measure {

/// `command` split into words as a POSIX shell splits and unquotes them (blank,
/// newline, ', ", \); nothing is expanded: `$`, `*`, `;` stand for themselves,
/// so that a command can neither start another nor read the environment.
/// Agrees with `sh` where nothing unquoted has a meaning there. Throws
/// Error(kUsage) for a quote that does not end and for a command of no words.
std::vector<std::string> SplitCommand(std::string_view command);

/// `text` with every `{source}` and `{build}` replaced by those folders.
std::string FillFolders(std::string text, const std::filesystem::path& source,
                        const std::filesystem::path& build);

}  // namespace opstat::measure
