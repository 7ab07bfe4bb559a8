#include "tests/cli/support.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "opstat/cli/app.h"

namespace opstat::cli {

namespace fs = std::filesystem;

namespace {

// The repository that tests run in has an opstat.toml of its own.
[[maybe_unused]] const int no_settings = setenv("OPSTAT_CONFIG", "", 0);

}  // namespace

Outcome Opstat(const std::vector<std::string>& words) {
  std::ostringstream out, err;
  Streams streams{out, err};
  const int code = App(words, streams);
  return {code, out.str(), err.str()};
}

TemporaryFolder::TemporaryFolder() {
  std::string name =
      (fs::temp_directory_path() / "opstat-test-XXXXXX").string();
  path_ = mkdtemp(name.data());
}

TemporaryFolder::~TemporaryFolder() { fs::remove_all(path_); }

std::string TemporaryFolder::Write(const std::string& name,
                                   const std::string& content) const {
  std::ofstream(path_ / name, std::ios::binary) << content;
  return (path_ / name).string();
}

std::vector<std::string> TemporaryFolder::Files() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(path_))
    names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

void ExpectGolden(const std::string& name, const std::string& got) {
  const std::string path = TestData("cli/" + name);
  if (std::getenv("OPSTAT_ACCEPT_GOLDENS") != nullptr)
    std::ofstream(path, std::ios::binary) << got;
  EXPECT_EQ(got, ReadFile(path)) << "`make golden` accepts what is printed now";
}

std::string TestData(const std::string& name) {
  return OPSTAT_TESTDATA "/" + name;
}

}  // namespace opstat::cli
