#pragma once

#include <span>
#include <string>
#include <vector>

#include "opstat/compare/trend.h"

namespace opstat::cli {

/// What a document has beyond an opstat.history/1's names and change points.
struct HistoryJsonStyle {
  /// Each series as curve.h draws it, "curve".
  bool curves = false;
  /// Where points go in place of "points": to this, series after series, a
  /// column after the other. These are a place in the document's "runs", n,
  /// median, low, high; NaN where not defined. The document's "packed" tells
  /// where a series begins, its "count" and the time of its "latest" point.
  std::vector<double>* columns = nullptr;
};

/// An opstat.history/1 document of these series and their changes. What is not
/// defined is null.
std::string HistoryJson(std::span<const compare::Trend> trends,
                        HistoryJsonStyle style = {});

}  // namespace opstat::cli
