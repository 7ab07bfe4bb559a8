#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace opstat {

/// What went wrong, as the exit code that reports it.
enum class Failure {
  kUsage = 2,          ///< a command line or configuration that cannot be meant
  kCannotMeasure = 4,  ///< a program that cannot be run or gave no sample
  kBadData = 5,        ///< a file or database that cannot be read or written
};

/// The one exception of the C++ rooms under opstat/. `what()` says what
/// happened and where; `hint()` what to type next (may be empty). Libraries
/// throw it and never print or exit; opstat/cli/app.cc alone catches it.
class Error : public std::runtime_error {
 public:
  Error(Failure failure, const std::string& message, std::string hint = {})
      : std::runtime_error(message),
        failure_(failure),
        hint_(std::move(hint)) {}

  Failure failure() const { return failure_; }
  const std::string& hint() const { return hint_; }

 private:
  Failure failure_;
  std::string hint_;
};

}  // namespace opstat
