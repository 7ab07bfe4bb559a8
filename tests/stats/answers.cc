#include "tests/stats/answers.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace opstat::stats {
namespace {

Numbers ParseNumbers(const std::string& text) {
  std::istringstream words(text);
  Numbers numbers;
  for (std::string word; words >> word;) numbers.push_back(std::stod(word));
  return numbers;
}

}  // namespace

std::vector<std::vector<Numbers>> Answers(const std::string& file,
                                          const std::string& kind) {
  std::ifstream stream(std::string(OPSTAT_TESTDATA) + "/stats/" + file);
  std::vector<std::vector<Numbers>> answers;
  for (std::string line; std::getline(stream, line);) {
    std::istringstream fields(line);
    std::string field;
    if (!(fields >> field) || field != kind) continue;
    std::vector<Numbers> answer;
    while (std::getline(fields, field, '|')) {
      if (Numbers numbers = ParseNumbers(field); !numbers.empty()) {
        answer.push_back(numbers);
      }
    }
    answers.push_back(answer);
  }
  EXPECT_FALSE(answers.empty()) << "no " << kind << " in " << file;
  return answers;
}

}  // namespace opstat::stats
