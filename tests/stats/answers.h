#pragma once

#include <string>
#include <vector>

namespace opstat::stats {

using Numbers = std::vector<double>;

/// The lines of tests/testdata/stats/`file` of one kind: fields of numbers
/// separated by |. Fails the test when there is none.
std::vector<std::vector<Numbers>> Answers(const std::string& file,
                                          const std::string& kind);

}  // namespace opstat::stats
