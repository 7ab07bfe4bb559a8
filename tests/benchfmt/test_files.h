#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/reader.h"

namespace opstat::benchfmt {

inline std::string DataPath(const std::string& name) {
  return OPSTAT_TESTDATA "/benchfmt/" + name;
}

inline std::string FileBytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline Run ReadData(const std::string& name) {
  return ReadRunFile(DataPath(name));
}

/// Google Benchmark JSON of these rows.
inline std::string Json(const std::string& rows,
                        const std::string& context = "{}") {
  return R"({"context":)" + context + R"(,"benchmarks":[)" + rows + "]}";
}

/// One row; `rest` are further fields, each with a leading comma.
inline std::string Row(const std::string& name, const std::string& real_time,
                       const std::string& rest = "") {
  return R"({"name":")" + name + R"(","run_name":")" + name +
         R"(","run_type":"iteration","iterations":10,"real_time":)" +
         real_time + R"(,"cpu_time":1,"time_unit":"ns")" + rest + "}";
}

/// The message of the Error that reading `bytes` throws; "" when it does not.
inline std::string ErrorOf(std::string_view bytes) {
  try {
    ReadRun(bytes, "file");
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), Failure::kBadData);
    return error.what();
  }
  return {};
}

inline bool Mentions(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

inline bool AnyMentions(const std::vector<std::string>& texts,
                        const std::string& part) {
  return std::ranges::any_of(
      texts, [&part](const std::string& text) { return Mentions(text, part); });
}

/// Equal but for the last bits; NaN equals NaN.
inline bool SameValues(const std::vector<double>& a,
                       const std::vector<double>& b) {
  return std::ranges::equal(a, b, [](double x, double y) {
    return std::isnan(x) ? std::isnan(y)
                         : std::abs(x - y) <= 1e-15 * std::abs(y);
  });
}

inline std::vector<std::string> Names(const Run& run) {
  std::vector<std::string> names;
  for (const Benchmark& benchmark : run.benchmarks) {
    names.push_back(benchmark.name);
  }
  return names;
}

inline std::vector<double> Values(const Run& run, std::string_view name,
                                  std::string_view unit) {
  const Benchmark* benchmark = run.Find(name);
  if (benchmark == nullptr) return {};
  const Measurement* measurement = benchmark->Find(unit);
  return measurement == nullptr ? std::vector<double>() : measurement->values;
}

}  // namespace opstat::benchfmt
