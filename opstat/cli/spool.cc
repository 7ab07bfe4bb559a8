#include "opstat/cli/spool.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "opstat/benchfmt/error.h"
#include "opstat/cli/output_file.h"
#include "opstat/cli/spool_lines.h"
#include "opstat/measure/file_descriptor.h"

namespace opstat::cli {
namespace {

namespace fs = std::filesystem;
using measure::Finished;

constexpr const char* kExtension = ".session";
constexpr const char* kHint = "is the disk full, or the folder not yours?";

[[noreturn]] void CannotUse(const std::string& path, const char* what,
                            const std::string& hint = kHint) {
  throw Error(Failure::kBadData,
              fmt::format("{}: cannot {} the session: {}", path, what,
                          std::strerror(errno)),
              hint);
}

// The sessions in `folder`, the newest first.
std::vector<fs::path> Sessions(const std::string& folder) {
  std::vector<std::pair<fs::file_time_type, fs::path>> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (entry.path().extension() == kExtension)
      found.emplace_back(entry.last_write_time(error), entry.path());
  std::ranges::sort(found, std::greater());
  std::vector<fs::path> paths;
  for (const auto& [time, path] : found) paths.push_back(path);
  return paths;
}

bool IsDone(const fs::path& path) {
  std::ifstream file(path);
  char last = 0;
  for (std::string line; std::getline(file, line);)
    if (!line.empty()) last = line[0];
  return last == 'D';
}

}  // namespace

class Spool::Impl {
 public:
  // Delegates, so that the file goes when its first line cannot be written.
  Impl(const std::string& in, SessionHeader begun)
      : Impl(std::move(begun), in) {
    Write('H', HeaderLine(header));
  }

  Impl(const std::string& in, const fs::path& file)
      : folder(in), path(file.string()) {
    Open(0);
    Read();
  }

  ~Impl() {
    if (!has_samples) unlink(path.c_str());
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void Write(char kind, const std::string& text) {
    const std::string line = fmt::format("{} {}\n", kind, text);
    if (!WriteAll(file_.get(), line) || fdatasync(file_.get()) != 0)
      CannotUse(path, "write", has_samples ? GoOnHint() : kHint);
    has_samples |= kind == 'S';
  }

  void Prune() const {
    constexpr std::size_t kKept = 10;
    std::size_t done = 0;
    for (const fs::path& session : Sessions(folder))
      if (IsDone(session) && ++done > kKept) fs::remove(session);
  }

  std::string folder, path;
  SessionHeader header;
  std::vector<SpooledStage> stages;
  std::vector<Finished> finished;
  bool has_samples = false;

 private:
  Impl(SessionHeader begun, const std::string& in)
      : folder(in), header(std::move(begun)) {
    std::error_code error;
    fs::create_directories(folder, error);
    path = (fs::path(folder) / (header.id + kExtension)).string();
    Open(O_CREAT | O_EXCL);
  }

  std::string GoOnHint() const {
    constexpr std::size_t kDigits = 12;
    return fmt::format(
        "the samples before it are kept: free some space on that disk, then "
        "go on with --resume {}",
        header.id.substr(0, kDigits));
  }

  void Open(int flags) {
    file_ = measure::FileDescriptor(
        open(path.c_str(), O_RDWR | O_APPEND | O_CLOEXEC | flags, 0644));
    if (file_.get() < 0) CannotUse(path, "open");
    if (flock(file_.get(), LOCK_EX | LOCK_NB) != 0)
      throw Error(
          Failure::kUsage,
          fmt::format("{}: another opstat is measuring this session", path),
          "wait until it ends");
  }

  void Read() {
    std::ifstream file(path, std::ios::binary);
    off_t whole = 0;
    for (std::string line; std::getline(file, line) && !file.eof();) {
      whole += static_cast<off_t>(line.size()) + 1;
      if (line.size() > 2) Take(line[0], line.substr(2));
    }
    // Half a line is what a process left that was killed while it wrote.
    if (ftruncate(file_.get(), whole) != 0) CannotUse(path, "write");
  }

  void Take(char kind, const std::string& text) {
    if (kind == 'H') header = ReadHeader(text);
    if (kind == 'T') stages.push_back(ReadStage(text));
    if (kind == 'E' && !stages.empty())
      stages.back().stage.rounds = std::atoi(text.c_str());
    if (kind == 'F') finished.push_back(ReadFailure(text));
    if (kind == 'S') {
      finished.push_back(ReadSample(text));
      has_samples = true;
    }
  }

  measure::FileDescriptor file_;
};

Spool::Spool(const std::string& folder, SessionHeader header)
    : impl_(std::make_unique<Impl>(folder, std::move(header))) {}

Spool::Spool(const std::string& folder, const std::string& id, bool done) {
  for (const fs::path& path : Sessions(folder)) {
    const bool wanted = id.empty() ? IsDone(path) == done
                                   : path.filename().string().starts_with(id);
    if (!wanted) continue;
    impl_ = std::make_unique<Impl>(folder, path);
    return;
  }
  throw Error(Failure::kUsage,
              id.empty() ? fmt::format("{} holds no {} compare", folder,
                                       done ? "finished" : "interrupted")
                         : fmt::format("{} holds no session {}", folder, id),
              "opstat compare begins one");
}

Spool::~Spool() = default;

const SessionHeader& Spool::header() const { return impl_->header; }

const std::vector<SpooledStage>& Spool::stages() const { return impl_->stages; }

bool Spool::HasSamples() const { return impl_->has_samples; }

std::vector<Finished> Spool::TakeFinished() {
  return std::move(impl_->finished);
}

void Spool::Begin(const SpooledStage& stage) {
  impl_->stages.push_back(stage);
  impl_->Write('T', StageLine(stage));
}

void Spool::Keep(const Finished& result) {
  if (result.failure.empty())
    impl_->Write('S', SampleLine(result.sample));
  else
    impl_->Write('F', FailureLine(result));
}

void Spool::EndedAfter(int rounds) {
  impl_->stages.back().stage.rounds = rounds;
  impl_->Write('E', std::to_string(rounds));
}

void Spool::Done(const std::string& comparison) {
  impl_->Write('D', comparison);
  impl_->Prune();
}

}  // namespace opstat::cli
