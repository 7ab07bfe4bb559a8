#include "tests/harness/report.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <iterator>
#include <stdexcept>

namespace opstat::harness {

namespace {

std::string Output(const std::string& command) {
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
  std::string output;
  std::array<char, 4096> buffer;
  while (const std::size_t n = fread(buffer.data(), 1, buffer.size(), pipe)) {
    output.append(buffer.data(), n);
  }
  if (pclose(pipe) != 0) throw std::runtime_error(command + " failed");
  return output;
}

ReportRow ParseRow(const rapidjson::Value& object) {
  ReportRow row;
  row.name = object["name"].GetString();
  row.failed = object.HasMember("error_occurred");
  for (const auto& member : object.GetObject()) {
    if (member.value.IsNumber()) {
      row.numbers[member.name.GetString()] = member.value.GetDouble();
    }
  }
  return row;
}

}  // namespace

std::optional<double> ReportRow::Number(const std::string& field) const {
  const auto found = numbers.find(field);
  if (found == numbers.end()) return std::nullopt;
  return found->second;
}

std::vector<ReportRow> Report::Rows(const std::string& name) const {
  std::vector<ReportRow> found;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(found),
               [&](const ReportRow& row) { return row.name == name; });
  return found;
}

Report RunBenchmarks(const std::string& command) {
  // The library writes the coefficient of variation of a zero as a bare NaN.
  rapidjson::Document document;
  document.Parse<rapidjson::kParseNanAndInfFlag |
                 rapidjson::kParseFullPrecisionFlag>(Output(command).c_str());
  if (document.HasParseError())
    throw std::runtime_error("not JSON: " + command);
  Report report;
  // Through a const reference: the other iterators' operator!= is ambiguous in
  // C++20 (RapidJSON 1.1).
  const rapidjson::Value& context = document["context"];
  for (const auto& member : context.GetObject()) {
    if (member.value.IsString()) {
      report.context[member.name.GetString()] = member.value.GetString();
    }
  }
  for (const auto& object : document["benchmarks"].GetArray()) {
    if (std::string(object["run_type"].GetString()) == "iteration") {
      report.rows.push_back(ParseRow(object));
    }
  }
  return report;
}

}  // namespace opstat::harness
