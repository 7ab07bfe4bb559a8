#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <chrono>
#include <cstdlib>
#include <random>
#include <string>
#include <thread>

#include "opstat/checkout/orphans.h"
#include "opstat/checkout/sides.h"
#include "tests/checkout/support.h"

namespace opstat::checkout {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

// `make kill-points` asks for more.
int KillPoints() {
  constexpr int kQuick = 30;
  const char* asked = std::getenv("OPSTAT_KILL_POINTS");
  return asked == nullptr ? kQuick : std::atoi(asked);
}

class Killed : public testing::Test {
 protected:
  Killed() {
    repository.Write("program", "old\n");
    repository.Commit();
    repository.Write("program", "uncommitted\n");
    repository.Write("untracked/file", "x\n");
    before = Fingerprint(repository);
  }

  pid_t Start(int attempt) const {
    // Each attempt builds anew; the build leaves its shell a child to outlive.
    std::string build =
        "sleep 1000 & cp program {build}/program; sleep 0.05 #" +
        std::to_string(attempt);
    std::string program = OPSTAT_PREPARE_SIDES, folder = repository.root(),
                root = cache;
    char* argv[] = {program.data(), folder.data(), root.data(), build.data(),
                    nullptr};
    pid_t child = 0;
    EXPECT_EQ(
        posix_spawn(&child, program.c_str(), nullptr, nullptr, argv, environ),
        0);
    return child;
  }
  static int Await(pid_t child) {
    int status = 0;
    waitpid(child, &status, 0);
    return status;
  }
  std::size_t Unfinished() const {
    std::size_t found = 0;
    if (!fs::exists(cache)) return 0;
    for (const auto& item : fs::directory_iterator(cache))
      found += item.is_directory() && item.path().filename() != "logs" &&
                       !fs::exists(item.path() / "finished")
                   ? 1
                   : 0;
    return found;
  }
  // Processes that still build anything in this test's cache.
  std::size_t Builders() const {
    std::size_t found = 0;
    std::error_code gone;
    for (const auto& process : fs::directory_iterator("/proc")) {
      const std::string environment = ReadFile(process.path() / "environ");
      if (environment.find(kBuildVariable + ("=" + cache.string())) !=
          std::string::npos)
        ++found;
    }
    return found;
  }
  // Killed processes take a moment to vanish.
  std::size_t BuildersLeft() const {
    for (int i = 0; i < 500 && Builders() > 0; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return Builders();
  }

  Sandbox sandbox;
  TestRepository repository{sandbox / "repository"};
  fs::path cache = sandbox / "cache";
  std::map<std::string, std::string> before;
};

TEST_F(Killed, AnywhereItLeavesTheRepositoryAsItWas) {
  const auto start = Clock::now();
  ASSERT_EQ(Await(Start(0)), 0);
  const auto whole = Clock::now() - start;
  std::mt19937 random(8);
  int killed_early = 0;
  for (int attempt = 1; attempt <= KillPoints(); ++attempt) {
    constexpr int kSignals[] = {SIGINT, SIGTERM, SIGKILL};
    const int signal = kSignals[attempt % 3];
    const auto moment = whole * (random() % 1100) / 1000;
    SCOPED_TRACE(testing::Message() << "signal " << signal << " after "
                                    << moment / std::chrono::milliseconds(1)
                                    << " ms, attempt " << attempt);
    const pid_t child = Start(attempt);
    std::this_thread::sleep_for(moment);
    kill(child, signal);
    killed_early += Await(child) != 0 ? 1 : 0;

    EXPECT_EQ(Fingerprint(repository), before);
    if (signal == SIGKILL) BuildCache(cache).Sweep();
    EXPECT_EQ(Unfinished(), 0U);
    EXPECT_EQ(BuildersLeft(), 0U);
  }
  EXPECT_GT(killed_early, KillPoints() / 2);
}

TEST_F(Killed, ItNeverSweepsARunThatLives) {
  const CacheEntry alive = BuildCache(cache).Create();
  ASSERT_EQ(Await(Start(0)), 0);
  EXPECT_TRUE(fs::exists(alive.folder() / "owner"));
}

}  // namespace
}  // namespace opstat::checkout
