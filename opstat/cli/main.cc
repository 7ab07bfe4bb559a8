#include <malloc.h>
#include <signal.h>
#include <unistd.h>

#include <iostream>

#include "opstat/cli/app.h"
#include "opstat/measure/child.h"

namespace {

void RequestInterrupt(int /*signal*/) {
  opstat::measure::InterruptFlag() = true;
}

void HandleSignals() {
  struct sigaction action {};
  action.sa_handler = RequestInterrupt;
  for (int signal : {SIGINT, SIGTERM, SIGHUP})
    sigaction(signal, &action, nullptr);
}

// A large block is given back as soon as it is free. glibc otherwise keeps
// blocks up to the size of the largest freed so far, a file that was read, and
// lets small ones settle among them.
void ReturnLargeBlocks() { mallopt(M_MMAP_THRESHOLD, 1 << 20); }

}  // namespace

int main(int argc, char** argv) {
  HandleSignals();
  ReturnLargeBlocks();
  opstat::cli::Streams streams{std::cout, std::cerr, isatty(STDOUT_FILENO) == 1,
                               isatty(STDERR_FILENO) == 1};
  return opstat::cli::App({argv + 1, argv + argc}, streams);
}
