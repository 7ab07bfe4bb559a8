#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "opstat/compare/comparison.h"

namespace opstat::cli {

// What the cells of a comparison's table say; no layout.

/// "± 2%"; "± ∞" when n is too small; "± ?" when the bounds and the center
/// differ in sign.
std::string CenterUncertainty(const compare::Center& center);
/// "exact" when the row's unit is exact and all `samples` are equal, else
/// CenterUncertainty.
std::string Uncertainty(const compare::Row& row, const compare::Center& center,
                        std::span<const double> samples);
/// "-4.45%"; "~" when the two-sided p is above .05; "+5" from a zero baseline.
std::string Delta(const compare::Row& row);
/// "[-5.50%, -2.70%]", the Hodges-Lehmann interval; "" on exact rows.
std::string ChangeInterval(const compare::Row& row);
/// "(p=0.000 n=12)", "(exact n=12)", "(p=0.004 n=5+12)".
std::string TestAndSize(const compare::Row& row);
/// "regression", "no change seen, at most +2.4%"; "" for a row not judged.
std::string VerdictText(const compare::Row& row);
/// "+2.14%" of the geometric mean of the ratios; "?" where it is undefined.
std::string Delta(const compare::Geomean& geomean);
/// What belongs beside the row's verdict: its warnings, and the reason where
/// the verdict is none.
std::vector<std::string> Notes(const compare::Row& row);
/// "undecided; need >= 6 samples": the verdict, if there is one, and its notes.
std::string VerdictAndNotes(const compare::Row& row);
/// A regression, an improvement, missing or new.
bool IsChange(compare::Verdict verdict);
/// SGR sequence for the verdict's colour; "" for none.
std::string_view VerdictStyle(compare::Verdict verdict);
/// The rows that the tables hold: all, or without the clock that does not
/// decide and the counts that say nothing new.
std::vector<const compare::Row*> ShownRows(
    const compare::Comparison& comparison, bool all_units);

}  // namespace opstat::cli
