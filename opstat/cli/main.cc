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

}  // namespace

int main(int argc, char** argv) {
  HandleSignals();
  opstat::cli::Streams streams{std::cout, std::cerr, isatty(STDOUT_FILENO) == 1,
                               isatty(STDERR_FILENO) == 1};
  return opstat::cli::App({argv + 1, argv + argc}, streams);
}
