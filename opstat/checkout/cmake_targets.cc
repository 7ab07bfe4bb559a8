#include "opstat/checkout/cmake_targets.h"

#include <fmt/format.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

#include "opstat/benchfmt/error.h"

namespace opstat::checkout {
namespace {

namespace fs = std::filesystem;

fs::path Api(const fs::path& build) { return build / ".cmake/api/v1"; }

rapidjson::Document Read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  rapidjson::Document document;
  document.Parse(text.data(), text.size());
  if (document.HasParseError() || !document.IsObject())
    throw Error(Failure::kBadData,
                fmt::format("cannot read cmake's answer '{}'", path.string()),
                "remove that build folder");
  return document;
}

using Array = rapidjson::Value::ConstArray;

Array List(const rapidjson::Value& object, const char* name) {
  static const rapidjson::Value none(rapidjson::kArrayType);
  const auto member = object.FindMember(name);
  const bool there = member != object.MemberEnd() && member->value.IsArray();
  return (there ? member->value : none).GetArray();
}

std::string Text(const rapidjson::Value& object, const char* name) {
  const auto member = object.FindMember(name);
  return member != object.MemberEnd() && member->value.IsString()
             ? member->value.GetString()
             : "";
}

// "-lbenchmark", "/usr/lib/x86_64-linux-gnu/libbenchmark.so.1.7.1",
// "lib/libbenchmark_main.a", but not "libmy_benchmark.a".
bool IsGoogleBenchmark(const std::string& fragment) {
  const std::string name = fs::path(fragment).filename();
  return name.starts_with("libbenchmark.") ||
         name.starts_with("libbenchmark_main.") || name == "-lbenchmark" ||
         name == "-lbenchmark_main";
}

bool LinksGoogleBenchmark(const rapidjson::Value& target) {
  const auto link = target.FindMember("link");
  if (link == target.MemberEnd()) return false;
  const Array fragments = List(link->value, "commandFragments");
  return std::any_of(fragments.begin(), fragments.end(),
                     [](const auto& fragment) {
                       return IsGoogleBenchmark(Text(fragment, "fragment"));
                     });
}

}  // namespace

void AskForTargets(const fs::path& build) {
  fs::create_directories(Api(build) / "query");
  std::ofstream(Api(build) / "query" / "codemodel-v2");
}

std::vector<BenchmarkProgram> BenchmarkPrograms(const fs::path& build) {
  std::vector<BenchmarkProgram> found;
  if (!fs::exists(Api(build) / "reply")) return found;
  for (const auto& file : fs::directory_iterator(Api(build) / "reply")) {
    if (!file.path().filename().string().starts_with("target-")) continue;
    const rapidjson::Document target = Read(file.path());
    if (Text(target, "type") != "EXECUTABLE" || !LinksGoogleBenchmark(target))
      continue;
    for (const auto& artifact : List(target, "artifacts"))
      found.push_back({Text(target, "name"), Text(artifact, "path")});
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace opstat::checkout
