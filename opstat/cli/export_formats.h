#pragma once

#include <span>
#include <string>
#include <string_view>

#include "opstat/benchfmt/run.h"

namespace opstat::cli {

/// A format that `opstat export` writes samples in.
struct ExportFormat {
  std::string_view name;
  bool many;  ///< takes any number of runs; else exactly one
  /// Throws Error(kBadData) when a run lacks what the format needs.
  std::string (*write)(std::span<const benchfmt::Run> runs);
};

std::span<const ExportFormat> ExportFormats();

}  // namespace opstat::cli
