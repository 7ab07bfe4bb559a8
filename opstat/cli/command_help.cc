#include <fmt/format.h>

#include <filesystem>

#include "opstat/benchfmt/error.h"
#include "opstat/cli/arguments.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/help.h"
#include "opstat/cli/manual.h"
#include "opstat/cli/output_file.h"

namespace opstat::cli {
namespace {

void WritePages(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  const auto write = [&](const std::string& name, const std::string& page) {
    OutputFile((folder / (name + ".1")).string()).Commit(page);
  };
  write("opstat", ManualPage());
  for (const Command& command : Commands())
    write(fmt::format("opstat-{}", command.name), ManualPage(command));
}

}  // namespace

int HelpCommand(const Arguments& arguments, Streams& streams) {
  arguments.LimitPositional(1);
  const Command* command = arguments.positional().empty()
                               ? nullptr
                               : &CommandNamed(arguments.positional().front());
  if (const std::string folder = arguments.Text("out"); !folder.empty()) {
    if (!arguments.Has("man"))
      throw Error(Failure::kUsage, "opstat help: --out is for --man",
                  fmt::format("opstat help --man --out {}", folder));
    WritePages(folder);
  } else if (arguments.Has("man")) {
    streams.out << (command ? ManualPage(*command) : ManualPage());
  } else if (arguments.Has("markdown")) {
    streams.out << Reference();
  } else {
    streams.out << (command ? Help(*command) : Help());
  }
  return 0;
}

}  // namespace opstat::cli
