#pragma once

#include <string>
#include <vector>

#include "opstat/cli/gate_policy.h"

namespace opstat::cli {

/// One thing that a gate must find, and whether it did.
struct SelfTestLine {
  std::string what;    ///< "+1 alloc/op in your samples"
  bool red = false;    ///< found in all rows that it was put into
  bool told = true;    ///< false: the gate would say "cannot tell", not pass
  bool posed = true;   ///< false: the policy gates no such row
  std::string detail;  ///< "12 of 12 rows"; the first row that did not see it
};

/// Worsens `run`'s samples in each way of compare::Injection and judges them
/// against the run as it is, as a gate that judges files would. `name` says
/// whose samples they are.
std::vector<SelfTestLine> TestOn(const benchfmt::Run& run,
                                 const Judgement& judgement,
                                 const std::string& name);

/// The same of samples that opstat brings along, under the defaults: three
/// benchmarks of ten samples, 0.5% apart; also +10% of time exactly, and gates
/// that measured nothing or matched nothing.
std::vector<SelfTestLine> TestOnFixture();

/// True when every line that was posed is red, and one was.
bool AllRed(const std::vector<SelfTestLine>& lines);

/// A line each, and what follows from all: passed, failed, or could not tell
/// and what to type.
std::string SelfTestText(const std::vector<SelfTestLine>& lines);

}  // namespace opstat::cli
