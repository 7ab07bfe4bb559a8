#include "opstat/measure/pinning.h"

#include <algorithm>
#include <cstdlib>

#include "opstat/benchfmt/name.h"
#include "opstat/measure/child.h"

namespace opstat::measure {

std::vector<int> CpusFor(const std::string& benchmark,
                         std::optional<int> first) {
  const std::string threads(benchfmt::KeyValue(benchmark, "threads"));
  const std::size_t wanted =
      threads.empty()
          ? 1
          : std::max(1UL, std::strtoul(threads.c_str(), nullptr, 10));
  std::vector<int> allowed = AllowedCpus();
  if (wanted >= allowed.size()) return allowed;
  if (first)
    std::rotate(allowed.begin(),
                std::find(allowed.begin(), allowed.end(), *first),
                allowed.end());
  else
    std::reverse(allowed.begin(), allowed.end());
  allowed.resize(wanted);
  return allowed;
}

}  // namespace opstat::measure
