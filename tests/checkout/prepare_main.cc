// Prepares two sides as `opstat compare` does, to be ended by a signal while
// it is at it: prepare_sides FOLDER CACHE BUILD. Exits with 130 when
// interrupted.
#include <signal.h>

#include <iostream>

#include "opstat/benchfmt/error.h"
#include "opstat/checkout/sides.h"
#include "opstat/measure/child.h"

int main(int, char** argv) {
  using namespace opstat;
  struct sigaction action {};
  action.sa_handler = [](int) { measure::InterruptFlag() = true; };
  for (int signal : {SIGINT, SIGTERM, SIGHUP})
    sigaction(signal, &action, nullptr);
  constexpr int kInterrupted = 130;
  const checkout::BuildOptions build{.command = argv[3]};
  try {
    checkout::Prepare({.folder = argv[1],
                       .revisions = {"main"},
                       .default_branch = "",
                       .base = build,
                       .head = build,
                       .program = "{build}/program",
                       .cache = argv[2]},
                      [](const std::string&) {});
  } catch (const measure::Interrupted&) {
    return kInterrupted;
  } catch (const Error& error) {
    std::cerr << error.what() << '\n';
    return static_cast<int>(error.failure());
  }
  return 0;
}
