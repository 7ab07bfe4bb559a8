#include "opstat/benchfmt/gbench_row.h"
#include "opstat/benchfmt/json_output.h"
#include "opstat/benchfmt/name.h"
#include "opstat/benchfmt/unit.h"
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
  return RowFieldOf(unit) == RowField::kCounter
             ? unit
             : std::string(kCounterPrefix) + unit;
}

class GoogleBenchmarkWriter {
 public:
  std::string Write(const Run& run);

 private:
  void WriteContext(const Run& run);
  void WriteLibraryFields(const Run& run);
  void WriteRow(const Benchmark& benchmark, std::size_t family,
                std::size_t sample);
  void IntegerField(std::string_view key, std::size_t value) {
    out_.Key(key);
    json_.Uint64(value);
  }

  JsonOutput<PrettyWriter> out_;
  PrettyWriter& json_ = out_.writer();
};

std::string GoogleBenchmarkWriter::Write(const Run& run) {
  json_.SetIndent(' ', 2);
  json_.SetFormatOptions(rapidjson::kFormatSingleLineArray);
  json_.StartObject();
  WriteContext(run);
  out_.Key("benchmarks");
  json_.StartArray();
  for (std::size_t i = 0; i < run.benchmarks.size(); ++i) {
    const Benchmark& benchmark = run.benchmarks[i];
    for (std::size_t sample = 0; sample < benchmark.Samples(); ++sample) {
      WriteRow(benchmark, i, sample);
    }
  }
  json_.EndArray();
  json_.EndObject();
  return std::string(out_.text()) + "\n";
}

void GoogleBenchmarkWriter::WriteContext(const Run& run) {
  out_.Key("context");
  json_.StartObject();
  out_.TextField("date", run.time);
  WriteLibraryFields(run);
  out_.Key("opstat");
  out_.Opstat(run);
  json_.EndObject();
}

// What tools that read Google Benchmark's files look for; our reader does not.
void GoogleBenchmarkWriter::WriteLibraryFields(const Run& run) {
  out_.TextField("host_name", run.Fact("host.name"));
  out_.TextField("executable", run.Fact("program"));
  if (const std::string_view cpus = run.Fact("host.cpus"); IsInteger(cpus)) {
    out_.Key("num_cpus");
    json_.RawValue(cpus.data(), cpus.size(), rapidjson::kNumberType);
  }
}

void GoogleBenchmarkWriter::WriteRow(const Benchmark& benchmark,
                                     std::size_t family, std::size_t sample) {
  json_.StartObject();
  out_.TextField("name", benchmark.name);
  IntegerField("family_index", family);
  IntegerField("per_family_instance_index", 0);
  out_.TextField("run_name", benchmark.name);
  out_.TextField("run_type", "iteration");
  IntegerField("repetitions", benchmark.Samples());
  IntegerField("repetition_index", sample);
  const std::string threads(KeyValue(benchmark.name, "threads"));
  IntegerField("threads", IsInteger(threads) ? std::stoul(threads) : 1);
  // Seconds: a factor of 1e9 and back would change the last bit of some times.
  out_.TextField("time_unit", "s");
  for (const Measurement& measurement : benchmark.measurements) {
    out_.Key(FieldName(measurement.unit));
    out_.Number(measurement.values[sample]);
  }
  json_.EndObject();
}

}  // namespace

std::string WriteGoogleBenchmark(const Run& run) {
  return GoogleBenchmarkWriter().Write(run);
}

}  // namespace opstat::benchfmt
