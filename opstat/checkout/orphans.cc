#include "opstat/checkout/orphans.h"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <csignal>
#include <fstream>
#include <iterator>
#include <string>

namespace opstat::checkout {
namespace {

namespace fs = std::filesystem;

bool IsNumber(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return std::isdigit(c) != 0; });
}

}  // namespace

void KillBuildersOf(const fs::path& build) {
  const std::string entry = std::string("\0", 1) + kBuildVariable + "=" +
                            build.string() + std::string("\0", 1);
  for (const auto& process : fs::directory_iterator("/proc")) {
    const std::string id = process.path().filename();
    if (!IsNumber(id) || std::stol(id) == getpid()) continue;
    std::ifstream file(process.path() / "environ", std::ios::binary);
    const std::string environment(std::istreambuf_iterator<char>(file), {});
    if (('\0' + environment).find(entry) != std::string::npos)
      kill(static_cast<pid_t>(std::stol(id)), SIGKILL);
  }
}

}  // namespace opstat::checkout
