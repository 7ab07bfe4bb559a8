#include "opstat/cli/compare_session.h"

#include <fmt/format.h>

#include <filesystem>

#include "opstat/benchfmt/error.h"
#include "opstat/cli/command_sides.h"
#include "opstat/cli/database.h"
#include "opstat/cli/measure_options.h"
#include "opstat/measure/identity.h"

namespace opstat::cli {
namespace {

std::string SpoolFolder(const Arguments& arguments) {
  const std::filesystem::path folder =
      FolderOfDatabase(DatabasePath(arguments));
  return (folder / "sessions").string();
}

std::vector<std::string> Fingerprints(const std::vector<measure::Side>& sides) {
  std::vector<std::string> prints;
  for (const measure::Side& side : sides)
    prints.push_back(ProgramFingerprint(side.argv[0]));
  return prints;
}

void RefuseRebuilt(const SessionHeader& header) {
  const std::vector<std::string> now = Fingerprints(header.sides);
  for (std::size_t i = 0; i < now.size(); ++i)
    if (now[i] != header.programs[i])
      throw Error(Failure::kUsage,
                  fmt::format("{} is not the program that session {} measured",
                              header.sides[i].argv[0], header.id.substr(0, 12)),
                  "its samples and new ones would be of two programs; measure "
                  "again without --resume and --more");
}

}  // namespace

SessionHeader NewHeader(const Arguments& arguments, const CompareSides& sides) {
  SessionHeader header;
  header.id = measure::RandomId();
  header.time = measure::UtcNow();
  header.seed = SessionOptionsOf(arguments).seed;
  for (const std::string& word : arguments.Resolved(CommandNamed("compare")))
    if (!word.starts_with("--db="))  // which can hold a password
      header.words.push_back(word);
  header.sides = sides.sides;
  header.identical = sides.identical;
  header.same_code = sides.same_code;
  header.programs = Fingerprints(header.sides);
  return header;
}

std::unique_ptr<Spool> BeginSession(const Arguments& arguments,
                                    const CompareSides& sides) {
  return std::make_unique<Spool>(SpoolFolder(arguments),
                                 NewHeader(arguments, sides));
}

std::unique_ptr<Spool> TakeUpSession(const Arguments& arguments) {
  arguments.LimitPositional(1);
  if (arguments.Has("base-cmd") || arguments.Has("head-cmd"))
    throw Error(Failure::kUsage, "a session that goes on has its programs",
                "leave --base-cmd and --head-cmd out");
  const auto& given = arguments.positional();
  auto spool = std::make_unique<Spool>(SpoolFolder(arguments),
                                       given.empty() ? "" : given[0],
                                       arguments.Has("more"));
  RefuseRebuilt(spool->header());
  return spool;
}

measure::SessionOptions OptionsOf(const Arguments& begun,
                                  const SessionHeader& header) {
  measure::SessionOptions options = SessionOptionsOf(begun);
  options.sides = header.sides;
  options.seed = header.seed;
  options.id = header.id;
  options.time = header.time;
  return options;
}

}  // namespace opstat::cli
