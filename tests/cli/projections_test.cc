#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "tests/cli/support.h"

// The same flags give benchstat's tables, rows, columns and numbers:
// tests/testdata/projections/make_projections.py.
namespace opstat::cli {
namespace {

using Cells = std::vector<std::string>;

struct Block {
  std::string flags;  // with | between them
  std::vector<std::string> csv;
};
void PrintTo(const Block& block, std::ostream* out) { *out << block.flags; }

std::vector<Block> ReadBlocks() {
  std::ifstream file(TestData("projections/expected.txt"));
  std::vector<Block> blocks;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("$ "))
      blocks.push_back({line.substr(2), {}});
    else
      blocks.back().csv.push_back(line);
  }
  return blocks;
}

Cells Split(const std::string& text, char separator) {
  Cells cells{""};
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (c == separator && !quoted)
      cells.emplace_back();
    else
      cells.back() += c;
  }
  return cells;
}

std::vector<std::string> OpstatWords(const std::string& flags) {
  const std::string folder = TestData("projections/");
  std::vector<std::string> words{"stat", "--format=csv"};
  const Cells given = Split(flags, '|');
  for (std::size_t i = 0; i < given.size(); ++i) {
    std::string word = given[i];
    if (word == "-table" && given[i + 1].empty()) {
      ++i;  // the default
      continue;
    }
    if (word.ends_with(".txt")) {
      word.insert(word.find('=') + 1, folder);  // npos + 1 is 0
    } else {
      word = (word == "-filter" ? "--where" : "-" + word) + "=" + given[++i];
    }
    words.push_back(word);
  }
  return words;
}

// Without what opstat has beyond benchstat's columns.
Cells Shared(const Cells& cells) {
  Cells shared;
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (i < 3 || (i - 3) % 8 < 4) shared.push_back(cells[i]);
  return shared;
}

void ExpectCell(const std::string& got, const std::string& want) {
  char* end = nullptr;
  const double number = std::strtod(want.c_str(), &end);
  if (want.empty() || *end != '\0') {
    EXPECT_EQ(got, want);
  } else {
    EXPECT_NEAR(std::strtod(got.c_str(), nullptr), number, 1e-12 * number);
  }
}

void ExpectLine(const std::string& got, const std::string& want) {
  SCOPED_TRACE(got + "\n" + want);
  if (want.find(',') == std::string::npos) {
    // A title, where benchstat keeps the slash of a key.
    EXPECT_EQ(got, want.starts_with('/') ? want.substr(1) : want);
    return;
  }
  Cells got_cells = Shared(Split(got, ','));
  Cells want_cells = Split(want, ',');
  want_cells.resize(std::max(want_cells.size(), got_cells.size()));
  got_cells.resize(want_cells.size());
  for (std::size_t i = 0; i < want_cells.size(); ++i)
    ExpectCell(got_cells[i], want_cells[i]);
}

class ProjectionsTest : public testing::TestWithParam<Block> {};

TEST_P(ProjectionsTest, AreBenchstats) {
  const Outcome outcome = Opstat(OpstatWords(GetParam().flags));
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const Cells lines = Split(outcome.out, '\n');
  ASSERT_EQ(lines.size(), GetParam().csv.size() + 1) << outcome.out;
  for (std::size_t i = 0; i < GetParam().csv.size(); ++i)
    ExpectLine(lines[i], GetParam().csv[i]);
}

INSTANTIATE_TEST_SUITE_P(Benchstat, ProjectionsTest,
                         testing::ValuesIn(ReadBlocks()));

}  // namespace
}  // namespace opstat::cli
