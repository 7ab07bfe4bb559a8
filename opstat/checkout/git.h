#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "opstat/measure/child.h"
#include "opstat/measure/side.h"

namespace opstat::checkout {

/// Runs git in one folder, by argv, so that nothing but what is asked for
/// happens: no hook, no file system monitor, no pager, no network, no prompt,
/// no background maintenance, no optional lock; GIT_DIR and its like are not
/// inherited. What remains is the clean and smudge filters that the user's
/// configuration defines: they say what a file's content is.
class Git {
 public:
  /// `settings` are added to the configuration, "key=value" each.
  explicit Git(std::filesystem::path folder,
               measure::Environment environment = {},
               std::vector<std::string> settings = {});

  /// What it prints, without the last newline. Throws
  /// Error(kCannotMeasure) with git's own words when it fails.
  std::string Run(const std::vector<std::string>& arguments) const;
  /// The same; nothing when it fails.
  std::optional<std::string> Try(
      const std::vector<std::string>& arguments) const;

 private:
  measure::ChildResult Call(const std::vector<std::string>& arguments) const;

  std::filesystem::path folder_;
  measure::Environment environment_;
  std::vector<std::string> settings_;
};

/// The pieces of git's -z output.
std::vector<std::string> SplitAtNul(const std::string& text);

}  // namespace opstat::checkout
