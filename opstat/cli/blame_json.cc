#include "opstat/cli/blame.h"
#include "opstat/cli/json.h"

namespace opstat::cli {
namespace {

using benchfmt::CallPath;
using benchfmt::CallSite;
using benchfmt::CallSites;
using benchfmt::Frame;
using benchfmt::SiteCounts;
using compare::CallSiteGrowth;
using compare::GrownCallSite;

void WriteCounts(Json& json, const SiteCounts& counts) {
  json.Field("allocs_per_op", counts.allocs_per_op);
  json.Field("bytes_per_op", counts.bytes_per_op);
  json.Field("one_time_allocs", counts.one_time_allocs);
  json.Field("one_time_bytes", counts.one_time_bytes);
}

void WriteCounts(Json& json, std::string_view key, const SiteCounts& counts) {
  json.Key(key).Object([&] { WriteCounts(json, counts); });
}

// What is not known is null.
void WriteFrame(Json& json, const Frame& frame) {
  const auto known = [](const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
  };
  json.Field("function", known(frame.function));
  json.Field("file", known(frame.file));
  json.Field("line", frame.line ? std::optional(frame.line) : std::nullopt);
  json.Field("module", known(frame.module));
  json.Field("offset", static_cast<std::int64_t>(frame.offset));
}

void WritePaths(Json& json, const std::vector<CallPath>& paths) {
  json.Key("paths").Array([&] {
    for (const CallPath& path : paths)
      json.Object([&] {
        WriteCounts(json, path.counts);
        json.Key("frames").Array([&] {
          for (const Frame& frame : path.frames)
            json.Object([&] { WriteFrame(json, frame); });
        });
      });
  });
}

template <class Found>
void WriteBenchmark(Json& json, const Found& found) {
  json.Field("benchmark", found.benchmark);
  json.Field("processes", found.processes);
  json.Values("modules_without_lines", found.modules_without_lines);
  json.Values("warnings", found.warnings);
}

void Write(Json& json, const CallSites& found) {
  WriteBenchmark(json, found);
  WriteCounts(json, found.counts);
  WriteCounts(json, "not_attributed", benchfmt::Unattributed(found));
  json.Key("sites").Array([&] {
    for (const CallSite& site : found.sites)
      json.Object([&] {
        WriteFrame(json, site.frame);
        WriteCounts(json, site.counts);
        WritePaths(json, site.paths);
      });
  });
}

void Write(Json& json, const GrownCallSite& site) {
  json.Field("change", site.baseline ? "grew" : "new");
  WriteFrame(json, site.contender.frame);
  json.Key("baseline");
  if (site.baseline)
    json.Object([&] { WriteCounts(json, site.baseline->counts); });
  else
    json.Null();
  WriteCounts(json, "contender", site.contender.counts);
  WritePaths(json, site.contender.paths);
}

void Write(Json& json, const CallSiteGrowth& growth) {
  WriteBenchmark(json, growth);
  WriteCounts(json, "baseline", growth.baseline);
  WriteCounts(json, "contender", growth.contender);
  json.Key("sites").Array([&] {
    for (const GrownCallSite& site : growth.sites)
      json.Object([&] { Write(json, site); });
  });
}

template <class Benchmarks>
std::string Document(const Benchmarks& benchmarks) {
  Json json;
  json.Object([&] {
    json.Field("schema", "opstat.blame/1");
    json.Key("benchmarks").Array([&] {
      for (const auto& benchmark : benchmarks)
        json.Object([&] { Write(json, benchmark); });
    });
  });
  return json.Text();
}

}  // namespace

std::string BlameJson(const std::vector<CallSites>& found) {
  return Document(found);
}

std::string BlameJson(const std::vector<CallSiteGrowth>& growth) {
  return Document(growth);
}

}  // namespace opstat::cli
