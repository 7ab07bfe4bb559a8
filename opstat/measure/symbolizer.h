#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "opstat/benchfmt/call_sites.h"

namespace opstat::measure {

/// A frame and the name that the linker knows its function by: "_ZSt4moveI...".
struct Symbol {
  benchfmt::Frame frame;
  std::string linkage_name;
};

/// Functions, files and lines of another process's addresses, from the debug
/// information of what it had mapped (DWARF, in the file or installed apart),
/// else from its symbol tables. By elfutils' libdwfl; agrees with
/// `eu-addr2line -f -i` and with binutils' addr2line.
class Symbolizer {
 public:
  /// `maps` is that process's /proc/PID/maps. Its files must still be there.
  /// Throws Error(kCannotMeasure) when `maps` cannot be read as such.
  explicit Symbolizer(const std::string& maps);
  ~Symbolizer();
  Symbolizer(const Symbolizer&) = delete;
  Symbolizer& operator=(const Symbolizer&) = delete;

  /// The function at `address` and, outwards, those it was inlined into; at
  /// least one. What is not known is empty. Valid as long as this object.
  const std::vector<Symbol>& Symbolize(std::uint64_t address);

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace opstat::measure
