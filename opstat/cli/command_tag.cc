#include <fmt/format.h>

#include "opstat/benchfmt/error.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/database.h"
#include "opstat/cli/terminal.h"
#include "opstat/measure/identity.h"
#include "opstat/store/history.h"

namespace opstat::cli {

int TagCommand(const Arguments& arguments, Streams& streams) {
  const bool remove = arguments.Has("delete");
  arguments.LimitPositional(remove ? 1 : 2);
  const auto& words = arguments.positional();
  if (words.empty())
    throw Error(Failure::kUsage, "opstat tag: no name given",
                "opstat tag v1.2; the tags there are: opstat list");
  store::History history(DatabasePath(arguments),
                         store::History::Mode::kReadWrite);
  if (remove) {
    history.DeleteTag(words[0]);
    return 0;
  }
  const std::string run = history.Tag(
      words[0], words.size() > 1 ? words[1] : "latest", measure::UtcNow());
  streams.out << EscapeForTerminal(fmt::format("{} {}\n", words[0], run));
  return 0;
}

}  // namespace opstat::cli
