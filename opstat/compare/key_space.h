#pragma once

#include <span>
#include <string>
#include <vector>

#include "opstat/benchfmt/run.h"
#include "opstat/compare/projection.h"

namespace opstat::compare {

/// The keys of several projections, each in its own place: a bare key that no
/// run has as a fact is a part of names, .config stands for the facts that no
/// other key names, and .fullname is what the keys leave of a name.
class KeySpace {
 public:
  explicit KeySpace(std::span<const benchfmt::Run> runs) : runs_(runs) {}

  /// Names the keys of a projection. All are named before any is expanded.
  void Name(const Projection& projection);
  bool IsNamed(Key::Kind kind) const;
  bool IsFact(const Key& key) const;
  bool IsPart(const Key& key) const;
  /// `projection` with facts for .config.
  Projection Expand(const Projection& projection) const;

  std::string Value(const Key& key, const benchfmt::Run& run,
                    const benchfmt::Benchmark& benchmark) const;
  /// `name` without the parts that are keys of their own; "*" for its base if
  /// .name is one.
  std::string RemainingName(const std::string& name) const;

 private:
  std::span<const benchfmt::Run> runs_;
  std::vector<Key> named_;
};

}  // namespace opstat::compare
