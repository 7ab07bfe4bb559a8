#include "opstat/compare/comparison.h"

namespace opstat::compare {

const char* Name(Role role) {
  switch (role) {
    case Role::kDecides:
      return "decides";
    case Role::kExact:
      return "exact";
    case Role::kNearExact:
      return "near-exact";
    case Role::kShown:
      return "shown";
  }
  return "";
}

const char* Name(Sides sides) {
  switch (sides) {
    case Sides::kBoth:
      return "both";
    case Sides::kBaseOnly:
      return "base-only";
    case Sides::kHeadOnly:
      return "head-only";
  }
  return "";
}

const char* Name(Mode mode) {
  return mode == Mode::kOneShot ? "one-shot" : "screen-confirm";
}

const char* Name(Correction correction) {
  switch (correction) {
    case Correction::kBonferroni:
      return "bonferroni";
    case Correction::kHolm:
      return "holm";
    case Correction::kBenjaminiHochberg:
      return "bh";
  }
  return "";
}

const char* Name(Stage stage) {
  switch (stage) {
    case Stage::kNone:
      return "";
    case Stage::kOneShot:
      return "one-shot";
    case Stage::kScreen:
      return "screen";
    case Stage::kConfirmed:
      return "confirmed";
  }
  return "";
}

const char* Name(Verdict verdict) {
  switch (verdict) {
    case Verdict::kNone:
      return "";
    case Verdict::kRegression:
      return "regression";
    case Verdict::kImprovement:
      return "improvement";
    case Verdict::kUnchanged:
      return "unchanged";
    case Verdict::kNoChangeSeen:
      return "no-change-seen";
    case Verdict::kUndecided:
      return "undecided";
    case Verdict::kNotComparable:
      return "not-comparable";
    case Verdict::kSameCode:
      return "same-code";
    case Verdict::kMissing:
      return "missing";
    case Verdict::kNew:
      return "new";
  }
  return "";
}

const char* Name(GateResult result) {
  switch (result) {
    case GateResult::kNone:
      return "none";
    case GateResult::kPass:
      return "pass";
    case GateResult::kAllowed:
      return "allowed";
    case GateResult::kAccepted:
      return "accepted";
    case GateResult::kReport:
      return "report";
    case GateResult::kCannotTell:
      return "cannot-tell";
    case GateResult::kFail:
      return "fail";
  }
  return "";
}

}  // namespace opstat::compare
