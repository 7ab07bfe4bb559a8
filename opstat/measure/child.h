#pragma once

#include <sys/types.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "opstat/measure/side.h"

namespace opstat::measure {

/// How a child process is run.
struct ChildOptions {
  std::vector<std::string> argv;  ///< argv[0] is searched in PATH
  Environment environment = {};   ///< set over what is inherited
  std::vector<int> cpus = {};     ///< empty: wherever the scheduler likes
  double time_limit = 0;          ///< seconds; 0: none
  /// Bytes kept of stdout and of stderr; what exceeds it is read and dropped,
  /// so that a child which prints gigabytes neither blocks nor fills memory.
  std::size_t output_limit = std::size_t{64} << 20;
  std::filesystem::path directory = {};  ///< empty: this process's own
  /// When not empty both streams go to this file, in the order written, and
  /// `out` and `err` stay empty.
  std::filesystem::path log = {};
  /// Told all that stderr has said so far, each time that it said more.
  std::function<void(std::string_view)> on_err = {};
};

struct ChildResult {
  int exit_code = -1;  ///< -1 when ended by a signal
  int signal = 0;
  bool timed_out = false;
  std::string out, err;

  bool Succeeded() const { return exit_code == 0 && !timed_out; }
  /// "exit code 3", "signal 11 (Segmentation fault)", "time limit".
  std::string Describe() const;
};

/// Thrown by RunChild when InterruptFlag() was set; the child is gone by then.
struct Interrupted {};

/// Set by a signal handler to end the running child and the session.
std::atomic<bool>& InterruptFlag();

/// Runs a program to its end: by argv (no shell), in a process group of its
/// own which is killed with it, with stdin from /dev/null, and without the
/// CI's tokens in its environment (see DropsFromEnvironment; one that
/// `environment` names is passed on). Beyond the time
/// limit the group gets TERM, two seconds later KILL. A daemon that it leaves
/// behind holding the pipes does not hold us.
/// Throws Error(kCannotMeasure) when it cannot be started, Interrupted.
ChildResult RunChild(const ChildOptions& options);

/// True for variables that carry credentials: *TOKEN*, *SECRET*, *PASSWORD*,
/// *_KEY, ACTIONS_*, ... Benchmarks run the code of a change, maybe a
/// stranger's. And for GIT_DIR and its like, which a git hook sets: they would
/// aim a child's git at another repository than the folder it works in.
bool DropsFromEnvironment(const std::string& variable);

/// The CPUs this process may run on, ascending.
std::vector<int> AllowedCpus();

}  // namespace opstat::measure
