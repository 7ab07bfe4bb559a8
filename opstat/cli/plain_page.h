#pragma once

#include <string>

#include "opstat/cli/report_document.h"

namespace opstat::cli {

/// The report where no Python can draw one: a self-contained page of tables.
/// `missing` says what it lacks.
std::string PlainPage(const ReportSubject& subject, const std::string& missing);

}  // namespace opstat::cli
