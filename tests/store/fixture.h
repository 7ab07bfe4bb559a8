#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>

#include "opstat/benchfmt/error.h"
#include "opstat/store/history.h"

namespace opstat::store {

/// A folder of its own, removed at the end.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string operator/(const std::string& name) const;

 private:
  std::filesystem::path path_;
};

/// n without NaN, the first value and a fixed interval: not a statistic, only
/// something to find again.
Summary Summarize(const benchfmt::Measurement& measurement);

/// Two benchmarks, three units, four samples.
benchfmt::Run MakeRun(const std::string& id);

/// Every field, and every value bit by bit.
void ExpectSame(const benchfmt::Run& expected, const benchfmt::Run& actual);

/// The error that `action` throws; a test failure when it throws none.
Error ErrorOf(const std::function<void()>& action);

std::string Bytes(const std::string& path);

/// `few` times for every change, `many` under `make history-torture`.
int Thorough(int few, int many);

/// Runs `body` in a child process, which must use no History of the parent.
/// Returns its pid. The child exits with what body returns.
int Fork(const std::function<int()>& body);
/// The exit status of the child, or 128 + the signal that ended it.
int Wait(int pid);

}  // namespace opstat::store
