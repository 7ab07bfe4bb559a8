#include "opstat/benchfmt/error.h"
#include "opstat/cli/arguments.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/completion.h"

namespace opstat::cli {

int CompletionCommand(const Arguments& arguments, Streams& streams) {
  arguments.LimitPositional(1);
  const std::string shell =
      arguments.positional().empty() ? "" : arguments.positional().front();
  if (shell == "bash") {
    streams.out << BashCompletion();
  } else if (shell == "zsh") {
    streams.out << ZshCompletion();
  } else if (shell == "fish") {
    streams.out << FishCompletion();
  } else {
    throw Error(Failure::kUsage, "opstat completion: which shell?",
                "opstat completion bash, zsh or fish");
  }
  return 0;
}

}  // namespace opstat::cli
