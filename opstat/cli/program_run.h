#pragma once

#include <string>
#include <vector>

#include "opstat/cli/arguments.h"
#include "opstat/measure/session.h"

namespace opstat::cli {

/// The samples of one program, measured alone.
struct ProgramRun {
  benchfmt::Run run;
  std::vector<std::string>
      failures;  ///< benchmarks without samples, a line each
  measure::StageEnd end = measure::StageEnd::kDone;
};

/// Measures the program behind the `--` as the options of `opstat run` say.
/// Throws Error(kUsage) without a program.
ProgramRun MeasureProgram(const Arguments& arguments, Streams& streams);

}  // namespace opstat::cli
