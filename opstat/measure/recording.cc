#include "opstat/measure/recording.h"

#include <sstream>
#include <string_view>

namespace opstat::measure {
namespace {

Recording::Stack ReadStack(std::istringstream& fields) {
  Recording::Stack stack;
  fields >> stack.count.allocs >> stack.count.bytes >> std::hex;
  for (std::uint64_t address = 0; fields >> address;)
    stack.addresses.push_back(address);
  return stack;
}

}  // namespace

Recording ReadRecording(const std::string& text) {
  Recording recording;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    constexpr std::string_view kMap = "map ";
    std::istringstream fields(line);
    std::string kind;
    fields >> kind;
    if (kind == "call") {
      Recording::Call& call = recording.calls.emplace_back();
      fields >> call.iterations >> call.count.allocs >> call.count.bytes;
      recording.maps.clear();
    } else if (kind == "stack" && !recording.calls.empty()) {
      recording.calls.back().stacks.push_back(ReadStack(fields));
    } else if (line.starts_with(kMap)) {
      recording.maps += line.substr(kMap.size()) + '\n';
    }
  }
  return recording;
}

}  // namespace opstat::measure
