// A benchmark as anybody writes it. It knows nothing of opstat.
#include <benchmark/benchmark.h>

#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

const std::string kText =
    "incomprehensibilities electroencephalographically counterrevolutionaries";

std::vector<std::string> SplitCopying(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::vector<std::string_view> SplitViewing(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = text.find(' ');
    words.push_back(text.substr(0, end));
    text = end == text.npos ? std::string_view() : text.substr(end + 1);
  }
  return words;
}

void Copying(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(SplitCopying(kText));
}
BENCHMARK(Copying)->Name("Split/words:copies");

void Viewing(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(SplitViewing(kText));
}
BENCHMARK(Viewing)->Name("Split/words:views");

}  // namespace

BENCHMARK_MAIN();
