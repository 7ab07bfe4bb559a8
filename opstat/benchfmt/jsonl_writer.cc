#include <utility>

#include "opstat/benchfmt/json_output.h"
#include "opstat/benchfmt/writer.h"

namespace opstat::benchfmt {
namespace {

class JsonLinesWriter {
 public:
  void Write(const Run& run) {
    WriteContext(run);
    for (const Benchmark& benchmark : run.benchmarks) {
      for (const Measurement& measurement : benchmark.measurements) {
        WriteSeries(run, benchmark, measurement);
      }
    }
  }

  std::string Lines() { return std::move(lines_); }

 private:
  void WriteContext(const Run& run) {
    json_.StartObject();
    out_.Key("opstat");
    out_.Opstat(run);
    out_.TextField("time", run.time);
    EndLine();
  }

  void WriteSeries(const Run& run, const Benchmark& benchmark,
                   const Measurement& measurement) {
    json_.StartObject();
    out_.TextField("run", run.id);
    out_.TextField("benchmark", benchmark.name);
    out_.TextField("unit", measurement.unit);
    out_.Key("values");
    json_.StartArray();
    for (const double value : measurement.values) out_.Number(value);
    json_.EndArray();
    EndLine();
  }

  void EndLine() {
    json_.EndObject();
    lines_.append(out_.text()) += '\n';
    out_.Reset();
  }

  std::string lines_;
  JsonOutput<CompactWriter> out_;
  CompactWriter& json_ = out_.writer();
};

}  // namespace

std::string WriteJsonLines(std::span<const Run> runs) {
  JsonLinesWriter writer;
  for (const Run& run : runs) writer.Write(run);
  return writer.Lines();
}

}  // namespace opstat::benchfmt
