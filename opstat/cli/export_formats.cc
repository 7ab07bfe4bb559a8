#include "opstat/cli/export_formats.h"

#include "opstat/benchfmt/writer.h"
#include "opstat/cli/tracker_formats.h"

namespace opstat::cli {
namespace {

using Runs = std::span<const benchfmt::Run>;

constexpr ExportFormat kFormats[] = {
    {"gbench", false,
     [](Runs runs) { return benchfmt::WriteGoogleBenchmark(runs.front()); }},
    {"gobench", false,
     [](Runs runs) { return benchfmt::WriteGoBenchmark(runs.front()); }},
    {"csv", true, benchfmt::WriteCsv},
    {"jsonl", true, benchfmt::WriteJsonLines},
    {"bmf", false, [](Runs runs) { return WriteBencherMetrics(runs.front()); }},
    {"gh-action", false,
     [](Runs runs) { return WriteGitHubAction(runs.front()); }},
    {"otava-csv", true, WriteOtavaCsv},
};

}  // namespace

std::span<const ExportFormat> ExportFormats() { return kFormats; }

}  // namespace opstat::cli
