#include "opstat/cli/inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "opstat/benchfmt/reader.h"

namespace opstat::cli {
namespace {

struct Input {
  std::string path;
  std::string label;  ///< "": not given
};

Input Parse(const std::string& word) {
  const std::size_t equals = word.find('=');
  std::error_code ignored;
  if (equals == std::string::npos || equals == 0 ||
      std::filesystem::exists(word, ignored)) {
    return {word, ""};
  }
  return {word.substr(equals + 1), word.substr(0, equals)};
}

std::string FileName(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

// `place` tells files of one path apart.
std::string LabelOf(const Input& input, const std::vector<Input>& all,
                    int place) {
  if (!input.label.empty()) return input.label;
  const auto same = [&](auto&& of) {
    return std::ranges::count_if(all, [&](const Input& other) {
      return other.label.empty() && of(other.path) == of(input.path);
    });
  };
  if (same(std::identity()) > 1) {
    return fmt::format("{}#{}", input.path, place);
  }
  return same(FileName) > 1 ? input.path : FileName(input.path);
}

}  // namespace

std::vector<benchfmt::Run> ReadInputs(const std::vector<std::string>& words) {
  std::vector<Input> inputs;
  std::ranges::transform(words, std::back_inserter(inputs), Parse);
  std::map<std::string, int> places;
  std::vector<benchfmt::Run> runs;
  for (const Input& input : inputs) {
    runs.push_back(benchfmt::ReadRunFile(input.path));
    runs.back().label = LabelOf(input, inputs, ++places[input.path]);
    // One line each in a stored query.
    std::ranges::replace(runs.back().label, '\n', ' ');
  }
  return runs;
}

}  // namespace opstat::cli
