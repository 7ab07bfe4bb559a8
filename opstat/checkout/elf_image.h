#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace opstat::checkout {

/// A section that is loaded into memory, but not the build id.
struct ElfSection {
  std::string name;
  std::uint64_t type, flags, address, size, alignment, entry_size;
  std::string content;  ///< as in the file; empty for .bss
};

/// A segment, as the loader sees it.
struct ElfSegment {
  std::uint64_t type, flags, address, file_size, memory_size;
  bool operator==(const ElfSegment&) const = default;
};

/// What of an ELF file reaches the processor and the dynamic loader.
struct ElfImage {
  std::uint64_t type, machine, entry;
  std::vector<ElfSegment> segments;
  std::vector<ElfSection> sections;
  std::vector<std::string> needed;    ///< DT_NEEDED
  std::vector<std::string> run_path;  ///< DT_RUNPATH or DT_RPATH, split
  bool inherits_run_path = false;     ///< DT_RPATH: holds for what it loads
  bool calls_dlopen = false;
};

/// Reads a file with libelf; nothing when it is no ELF file, cannot be read,
/// or has no sections to tell code from debug information by.
std::optional<ElfImage> ReadElf(const std::filesystem::path& path);

}  // namespace opstat::checkout
