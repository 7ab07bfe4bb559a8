#pragma once

#include <map>
#include <string>
#include <utility>

#include "opstat/benchfmt/run.h"
#include "opstat/store/database.h"

namespace opstat::store {

/// The keys of the series that a run has, each made when it is missing. Made
/// within the transaction that stores the run.
class SeriesKeys {
 public:
  SeriesKeys(Database& database, const benchfmt::Run& run);

  /// REQUIRES: a benchmark of the run and one of its units, or "" for a
  /// benchmark that measured nothing.
  std::int64_t Of(const std::string& benchmark, const std::string& unit);

 private:
  std::int64_t Insert(const std::string& benchmark, const std::string& unit);

  std::map<std::pair<std::string, std::string>, std::int64_t> keys_;
  Statement insert_, find_;
};

}  // namespace opstat::store
