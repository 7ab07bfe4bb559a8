#include "opstat/cli/unrecorded.h"

#include <filesystem>
#include <system_error>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/writer.h"
#include "opstat/cli/database.h"
#include "opstat/cli/output_file.h"

namespace opstat::cli {
namespace {

namespace fs = std::filesystem;

bool Write(const fs::path& path, const std::string& content) {
  try {
    OutputFile(path.string()).Commit(content);
    return true;
  } catch (const Error&) {
    return false;
  }
}

// Where the runs are; "" when no folder takes them.
std::string Keep(const std::vector<benchfmt::Run>& runs,
                 const std::string& database) {
  constexpr std::size_t kDigits = 12;
  const std::string name =
      "opstat-unrecorded-" + runs.front().id.substr(0, kDigits) + ".jsonl";
  const std::string content = benchfmt::WriteJsonLines(runs);
  std::error_code error;
  for (const fs::path& folder :
       {fs::path(FolderOfDatabase(database)), fs::current_path(error),
        fs::temp_directory_path(error)})
    if (Write(folder / name, content)) return (folder / name).string();
  return "";
}

}  // namespace

void StoreOrKeep(const std::vector<benchfmt::Run>& runs,
                 const std::string& database,
                 const std::function<void()>& store) {
  try {
    store();
  } catch (const Error& error) {
    const std::string file = runs.empty() ? "" : Keep(runs, database);
    if (file.empty()) throw;
    throw Error(error.failure(), error.what(),
                error.hint() + "\nthe samples are kept: opstat import " + file);
  }
}

}  // namespace opstat::cli
