#pragma once

#include <string>

#include "opstat/cli/spool.h"

namespace opstat::cli {

// The lines of a session's file, without the letter that begins them and the
// line break. A reader takes what the writer gave; of a line that is damaged it
// takes what it can, for ReadSample throws what ReadRun throws.

std::string HeaderLine(const SessionHeader& header);
std::string StageLine(const SpooledStage& stage);
std::string SampleLine(benchfmt::Run sample);
std::string FailureLine(const measure::Finished& result);

SessionHeader ReadHeader(const std::string& line);
SpooledStage ReadStage(const std::string& line);
measure::Finished ReadSample(const std::string& line);
measure::Finished ReadFailure(const std::string& line);

}  // namespace opstat::cli
