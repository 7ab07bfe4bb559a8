#include "opstat/checkout/elf_image.h"

#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>

#include <memory>
#include <sstream>
#include <string_view>

#include "opstat/measure/file_descriptor.h"

namespace opstat::checkout {
namespace {

namespace fs = std::filesystem;

struct EndElf {
  void operator()(Elf* elf) const { elf_end(elf); }
};

std::string Text(Elf* elf, std::size_t section, std::size_t offset) {
  const char* text = elf_strptr(elf, section, offset);
  return text == nullptr ? "" : text;
}

std::vector<std::string> SplitPath(const std::string& text) {
  std::vector<std::string> folders;
  std::istringstream rest(text);
  for (std::string folder; std::getline(rest, folder, ':');)
    folders.push_back(folder);
  return folders;
}

void ReadDynamic(Elf* elf, Elf_Scn* section, const GElf_Shdr& header,
                 ElfImage& image) {
  Elf_Data* data = elf_getdata(section, nullptr);
  GElf_Dyn entry;
  for (int i = 0; data != nullptr && gelf_getdyn(data, i, &entry) != nullptr;
       ++i) {
    const auto text = [&] {
      return Text(elf, header.sh_link, entry.d_un.d_val);
    };
    if (entry.d_tag == DT_NULL) break;
    if (entry.d_tag == DT_NEEDED) image.needed.push_back(text());
    // The loader ignores DT_RPATH where there is a DT_RUNPATH.
    if (entry.d_tag == DT_RUNPATH ||
        (entry.d_tag == DT_RPATH && image.run_path.empty())) {
      image.run_path = SplitPath(text());
      image.inherits_run_path = entry.d_tag == DT_RPATH;
    }
  }
}

void ReadSymbols(Elf* elf, Elf_Scn* section, const GElf_Shdr& header,
                 ElfImage& image) {
  Elf_Data* data = elf_getdata(section, nullptr);
  GElf_Sym symbol;
  for (int i = 0; data != nullptr && gelf_getsym(data, i, &symbol) != nullptr;
       ++i) {
    const std::string name = Text(elf, header.sh_link, symbol.st_name);
    if (name == "dlopen" || name == "dlmopen") image.calls_dlopen = true;
  }
}

ElfSection ReadSection(Elf_Scn* section, const GElf_Shdr& header,
                       std::string name) {
  ElfSection read{
      std::move(name), header.sh_type,      header.sh_flags,   header.sh_addr,
      header.sh_size,  header.sh_addralign, header.sh_entsize, {}};
  // Raw: libelf would give notes and relocations translated.
  const Elf_Data* data = elf_rawdata(section, nullptr);
  if (header.sh_type != SHT_NOBITS && data != nullptr && data->d_buf != nullptr)
    read.content.assign(static_cast<const char*>(data->d_buf), data->d_size);
  return read;
}

void ReadSections(Elf* elf, ElfImage& image) {
  std::size_t names = 0;
  elf_getshdrstrndx(elf, &names);
  for (Elf_Scn* section = nullptr;
       (section = elf_nextscn(elf, section)) != nullptr;) {
    GElf_Shdr header;
    if (gelf_getshdr(section, &header) == nullptr) continue;
    if (header.sh_type == SHT_DYNAMIC) ReadDynamic(elf, section, header, image);
    if (header.sh_type == SHT_DYNSYM || header.sh_type == SHT_SYMTAB)
      ReadSymbols(elf, section, header, image);
    std::string name = Text(elf, names, header.sh_name);
    if ((header.sh_flags & SHF_ALLOC) != 0 && name != ".note.gnu.build-id")
      image.sections.push_back(ReadSection(section, header, std::move(name)));
  }
}

void ReadSegments(Elf* elf, ElfImage& image) {
  std::size_t count = 0;
  elf_getphdrnum(elf, &count);
  for (std::size_t i = 0; i < count; ++i)
    if (GElf_Phdr header;
        gelf_getphdr(elf, static_cast<int>(i), &header) != nullptr)
      image.segments.push_back({header.p_type, header.p_flags, header.p_vaddr,
                                header.p_filesz, header.p_memsz});
}

}  // namespace

std::optional<ElfImage> ReadElf(const fs::path& path) {
  elf_version(EV_CURRENT);
  const measure::FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  const std::unique_ptr<Elf, EndElf> elf(
      elf_begin(file.get(), ELF_C_READ, nullptr));
  GElf_Ehdr header;
  if (!elf || elf_kind(elf.get()) != ELF_K_ELF ||
      gelf_getehdr(elf.get(), &header) == nullptr)
    return std::nullopt;
  ElfImage image{.type = header.e_type,
                 .machine = header.e_machine,
                 .entry = header.e_entry,
                 .segments = {},
                 .sections = {},
                 .needed = {},
                 .run_path = {}};
  ReadSegments(elf.get(), image);
  ReadSections(elf.get(), image);
  if (image.sections.empty()) return std::nullopt;
  return image;
}

}  // namespace opstat::checkout
