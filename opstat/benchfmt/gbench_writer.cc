#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include <charconv>
#include <cmath>

#include "opstat/benchfmt/gbench_context.h"
#include "opstat/benchfmt/gbench_row.h"
#include "opstat/benchfmt/name.h"
#include "opstat/benchfmt/unit.h"
#include "opstat/benchfmt/utf8.h"
#include "opstat/benchfmt/writer.h"

namespace opstat::benchfmt {
namespace {

bool IsInteger(std::string_view text) {
  return !text.empty() && text.size() <= 9 &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string FieldName(const std::string& unit) {
  if (unit == kWallTime) return "real_time";
  if (unit == kCpuTime) return "cpu_time";
  if (unit == kIterations) return unit;
  return IsRowField(unit) ? std::string(kCounterPrefix) + unit : unit;
}

class GoogleBenchmarkWriter {
 public:
  std::string Write(const Run& run);

 private:
  void WriteContext(const Run& run);
  void WriteLibraryFields(const Run& run);
  void WriteOpstat(const Run& run);
  void WriteRow(const Benchmark& benchmark, std::size_t family,
                std::size_t sample);

  void Key(std::string_view key) {
    const std::string valid = ToValidUtf8(key);
    json_.Key(valid.data(), static_cast<rapidjson::SizeType>(valid.size()));
  }
  void Text(std::string_view text) {
    const std::string valid = ToValidUtf8(text);
    json_.String(valid.data(), static_cast<rapidjson::SizeType>(valid.size()));
  }
  void TextField(std::string_view key, std::string_view text) {
    Key(key);
    Text(text);
  }
  void IntegerField(std::string_view key, std::size_t value) {
    Key(key);
    json_.Uint64(value);
  }
  void Number(double value);

  rapidjson::StringBuffer buffer_;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> json_{buffer_};
};

std::string GoogleBenchmarkWriter::Write(const Run& run) {
  json_.SetIndent(' ', 2);
  json_.SetFormatOptions(rapidjson::kFormatSingleLineArray);
  json_.StartObject();
  WriteContext(run);
  Key("benchmarks");
  json_.StartArray();
  for (std::size_t i = 0; i < run.benchmarks.size(); ++i) {
    const Benchmark& benchmark = run.benchmarks[i];
    for (std::size_t sample = 0; sample < benchmark.Samples(); ++sample) {
      WriteRow(benchmark, i, sample);
    }
  }
  json_.EndArray();
  json_.EndObject();
  return std::string(buffer_.GetString(), buffer_.GetSize()) + "\n";
}

void GoogleBenchmarkWriter::WriteContext(const Run& run) {
  Key("context");
  json_.StartObject();
  TextField("date", run.time);
  WriteLibraryFields(run);
  Key("opstat");
  WriteOpstat(run);
  json_.EndObject();
}

// What tools that read Google Benchmark's files look for; our reader does not.
void GoogleBenchmarkWriter::WriteLibraryFields(const Run& run) {
  TextField("host_name", run.Fact("host.name"));
  TextField("executable", run.Fact("program"));
  if (const std::string_view cpus = run.Fact("host.cpus"); IsInteger(cpus)) {
    Key("num_cpus");
    json_.RawValue(cpus.data(), cpus.size(), rapidjson::kNumberType);
  }
}

void GoogleBenchmarkWriter::WriteOpstat(const Run& run) {
  json_.StartObject();
  TextField("schema", kSamplesSchema);
  TextField("run", run.id);
  if (run.process_samples) TextField("sample_unit", "process");
  TextField("session", run.session);
  TextField("side", run.side);
  TextField("seed", std::to_string(run.seed));
  TextField("label", run.label);
  Key("schedule");
  json_.StartArray();
  for (const std::vector<int>& round : run.schedule) {
    json_.StartArray();
    for (const int position : round) json_.Int(position);
    json_.EndArray();
  }
  json_.EndArray();
  Key("facts");
  json_.StartObject();
  for (const auto& [name, value] : run.facts) TextField(name, value);
  json_.EndObject();
  Key("warnings");
  json_.StartArray();
  for (const std::string& warning : run.warnings) Text(warning);
  json_.EndArray();
  json_.EndObject();
}

void GoogleBenchmarkWriter::WriteRow(const Benchmark& benchmark,
                                     std::size_t family, std::size_t sample) {
  json_.StartObject();
  TextField("name", benchmark.name);
  IntegerField("family_index", family);
  IntegerField("per_family_instance_index", 0);
  TextField("run_name", benchmark.name);
  TextField("run_type", "iteration");
  IntegerField("repetitions", benchmark.Samples());
  IntegerField("repetition_index", sample);
  const std::string threads(KeyValue(benchmark.name, "threads"));
  IntegerField("threads", IsInteger(threads) ? std::stoul(threads) : 1);
  // Seconds: a factor of 1e9 and back would change the last bit of some times.
  TextField("time_unit", "s");
  for (const Measurement& measurement : benchmark.measurements) {
    Key(FieldName(measurement.unit));
    Number(measurement.values[sample]);
  }
  json_.EndObject();
}

void GoogleBenchmarkWriter::Number(double value) {
  if (!std::isfinite(value)) {
    json_.Null();
    return;
  }
  char digits[32];
  const auto end = std::to_chars(digits, std::end(digits), value).ptr;
  std::string_view text(digits, static_cast<std::size_t>(end - digits));
  // Readers take "-0" for the integer 0 and lose the sign.
  if (text == "-0") text = "-0.0";
  json_.RawValue(text.data(), text.size(), rapidjson::kNumberType);
}

}  // namespace

std::string WriteGoogleBenchmark(const Run& run) {
  return GoogleBenchmarkWriter().Write(run);
}

}  // namespace opstat::benchfmt
