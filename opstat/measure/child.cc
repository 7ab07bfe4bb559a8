#include "opstat/measure/child.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <map>
#include <string_view>

// glibc 2.36's header lacks the extern "C" of its siblings.
extern "C" {
#include <sys/pidfd.h>
}

#include "opstat/benchfmt/error.h"
#include "opstat/measure/file_descriptor.h"

namespace opstat::measure {
namespace {

using Clock = std::chrono::steady_clock;

std::vector<char*> Pointers(std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  for (std::string& string : strings) pointers.push_back(string.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::vector<std::string> ChildEnvironment(const Environment& set) {
  std::map<std::string, std::string> variables;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::size_t equals = std::min(text.find('='), text.size());
    std::string name(text.substr(0, equals));
    if (!DropsFromEnvironment(name))
      variables.emplace(std::move(name), text.substr(equals));
  }
  for (const auto& [name, value] : set) variables[name] = '=' + value;
  std::vector<std::string> entries;
  for (const auto& [name, value] : variables) entries.push_back(name + value);
  return entries;
}

// The write end of `pipe`, or of the log in its place.
FileDescriptor Output(Pipe& pipe, const std::filesystem::path& log) {
  if (log.empty()) return std::move(pipe.write);
  FileDescriptor file(
      open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666));
  if (file.get() < 0)
    throw Error(Failure::kCannotMeasure,
                fmt::format("cannot write '{}': {}", log.string(),
                            std::strerror(errno)));
  pipe.write.Close();
  return file;
}

// Between fork and exec only async-signal-safe calls: all is prepared before.
struct Prepared {
  std::vector<char*> argv, environment;
  cpu_set_t cpus;
  bool pinned;
  const char* directory;
  int null, out, err, failure;
  pid_t parent;
};

[[noreturn]] void ExecChild(const Prepared& child) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != child.parent) _exit(127);
  signal(SIGPIPE, SIG_DFL);
  if (child.pinned) sched_setaffinity(0, sizeof child.cpus, &child.cpus);
  dup2(child.null, STDIN_FILENO);
  dup2(child.out, STDOUT_FILENO);
  dup2(child.err, STDERR_FILENO);
  if (chdir(child.directory) == 0)
    execvpe(child.argv[0], child.argv.data(), child.environment.data());
  const int error = errno;
  [[maybe_unused]] const auto written =
      write(child.failure, &error, sizeof error);
  _exit(127);
}

pid_t Start(const ChildOptions& options, int out, int err) {
  std::vector<std::string> arguments = options.argv;
  std::vector<std::string> environment = ChildEnvironment(options.environment);
  const std::filesystem::path directory =
      options.directory.empty() ? "." : options.directory;
  const FileDescriptor null(open("/dev/null", O_RDONLY | O_CLOEXEC));
  Pipe failure;
  Prepared child{.argv = Pointers(arguments),
                 .environment = Pointers(environment),
                 .cpus = {},
                 .pinned = !options.cpus.empty(),
                 .directory = directory.c_str(),
                 .null = null.get(),
                 .out = out,
                 .err = err,
                 .failure = failure.write.get(),
                 .parent = getpid()};
  for (int cpu : options.cpus)
    CPU_SET(static_cast<std::size_t>(cpu), &child.cpus);

  const pid_t pid = fork();
  if (pid == 0) ExecChild(child);
  if (pid < 0)
    throw Error(Failure::kCannotMeasure,
                fmt::format("cannot fork: {}", std::strerror(errno)));
  setpgid(pid, pid);
  failure.write.Close();
  int error = 0;
  if (read(failure.read.get(), &error, sizeof error) == sizeof error) {
    waitpid(pid, nullptr, 0);
    throw Error(Failure::kCannotMeasure,
                fmt::format("cannot run '{}' in '{}': {}", options.argv[0],
                            directory.string(), std::strerror(error)),
                "check the program's path and that it is executable");
  }
  return pid;
}

// False at the end of the stream.
bool Drain(const FileDescriptor& from, std::string& into, std::size_t limit) {
  std::array<char, 65536> buffer;
  for (;;) {
    const ssize_t n = read(from.get(), buffer.data(), buffer.size());
    if (n < 0) return errno == EAGAIN || errno == EINTR;
    if (n == 0) return false;
    into.append(buffer.data(),
                std::min(static_cast<std::size_t>(n), limit - into.size()));
  }
}

// Kills the group whatever happens, and reaps the leader.
class Group {
 public:
  explicit Group(pid_t leader)
      : leader_(leader), pidfd_(pidfd_open(leader, 0)) {}
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;
  ~Group() {
    Signal(SIGKILL);
    if (!reaped_) waitpid(leader_, nullptr, 0);
  }

  int pidfd() const { return pidfd_.get(); }
  void Signal(int signal) const { kill(-leader_, signal); }
  int Reap() {
    int status = 0;
    while (waitpid(leader_, &status, 0) < 0 && errno == EINTR) {
    }
    reaped_ = true;
    return status;
  }

 private:
  pid_t leader_;
  FileDescriptor pidfd_;
  bool reaped_ = false;
};

// How long one poll may last before the flag and the limits are looked at.
constexpr int kPollMilliseconds = 100;
constexpr std::chrono::seconds kGrace(2);

void AwaitExit(Group& group, Pipe& out, Pipe& err, const ChildOptions& options,
               ChildResult& result) {
  const auto start = Clock::now();
  Clock::time_point terminated{};
  std::array<pollfd, 3> wait{{{out.read.get(), POLLIN, 0},
                              {err.read.get(), POLLIN, 0},
                              {group.pidfd(), POLLIN, 0}}};
  while ((wait[2].revents & POLLIN) == 0) {
    poll(wait.data(), wait.size(), kPollMilliseconds);
    if (!Drain(out.read, result.out, options.output_limit)) wait[0].fd = -1;
    const std::size_t said = result.err.size();
    if (!Drain(err.read, result.err, options.output_limit)) wait[1].fd = -1;
    if (options.on_err && result.err.size() > said) options.on_err(result.err);
    if (InterruptFlag()) throw Interrupted{};
    const auto now = Clock::now();
    const std::chrono::duration<double> elapsed = now - start;
    if (!result.timed_out && options.time_limit > 0 &&
        elapsed.count() > options.time_limit) {
      result.timed_out = true;
      terminated = now;
      group.Signal(SIGTERM);
    }
    if (result.timed_out && now - terminated > kGrace) group.Signal(SIGKILL);
  }
}

}  // namespace

std::string ChildResult::Describe() const {
  if (timed_out) return "time limit reached";
  if (signal != 0)
    return fmt::format("signal {} ({})", signal, strsignal(signal));
  return fmt::format("exit code {}", exit_code);
}

std::atomic<bool>& InterruptFlag() {
  static std::atomic<bool> flag{false};
  return flag;
}

ChildResult RunChild(const ChildOptions& options) {
  Pipe out, err;
  FileDescriptor out_end = Output(out, options.log);
  FileDescriptor err_end = Output(err, options.log);
  Group group(Start(options, out_end.get(), err_end.get()));
  out_end.Close();
  err_end.Close();
  out.read.SetNonBlocking();
  err.read.SetNonBlocking();

  ChildResult result;
  AwaitExit(group, out, err, options, result);
  Drain(out.read, result.out, options.output_limit);
  Drain(err.read, result.err, options.output_limit);
  const int status = group.Reap();
  if (WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) result.signal = WTERMSIG(status);
  return result;
}

}  // namespace opstat::measure
