#include <fmt/format.h>

#include <filesystem>

#include "opstat/benchfmt/error.h"
#include "opstat/cli/doctor.h"
#include "opstat/cli/settings.h"
#include "opstat/store/history.h"
#include "opstat/store/postgres_text.h"

namespace opstat::cli {
namespace {

using State = Check::State;

Check Broken(const char* name, const Error& error) {
  return {name, State::kBroken, error.what(),
          error.hint().empty() ? "opstat help" : error.hint()};
}

Check Database(const std::string& path) {
  std::error_code error;
  if (!store::IsPostgresUrl(path) && !std::filesystem::exists(path, error))
    return {"history", State::kOk, fmt::format("none yet at {}", path)};
  try {
    store::History(path, store::History::Mode::kReadOnly).List(1);
    return {"history", State::kOk, store::WithoutPassword(path, path)};
  } catch (const Error& failure) {
    return Broken("history", failure);
  }
}

Check Configuration() {
  try {
    SettingsOf(".");
    return {"opstat.toml", State::kOk, "none, or it can be read"};
  } catch (const Error& failure) {
    return Broken("opstat.toml", failure);
  }
}

}  // namespace

std::vector<Check> DataChecks(const std::string& database) {
  return {{"SQLite", State::kOk, store::SqliteVersion()},
          Database(database),
          Configuration()};
}

}  // namespace opstat::cli
