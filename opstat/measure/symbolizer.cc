#include "opstat/measure/symbolizer.h"

#include <cxxabi.h>
#include <dwarf.h>
#include <elfutils/libdwfl.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>

#include "opstat/benchfmt/error.h"

namespace opstat::measure {
namespace {

using benchfmt::Frame;

template <class T>
using Malloced = std::unique_ptr<T, decltype([](T* memory) { free(memory); })>;
using Session = std::unique_ptr<Dwfl, decltype([](Dwfl* d) { dwfl_end(d); })>;
using File =
    std::unique_ptr<std::FILE, decltype([](std::FILE* f) { fclose(f); })>;

const Dwfl_Callbacks kCallbacks = {
    .find_elf = dwfl_linux_proc_find_elf,
    .find_debuginfo = dwfl_standard_find_debuginfo,
    .section_address = nullptr,  // of relocatable files only
    .debuginfo_path = nullptr,
};

Session ReadMaps(std::string maps) {
  Session session(dwfl_begin(&kCallbacks));
  const File file(fmemopen(maps.data(), maps.size(), "r"));
  if (session == nullptr || file == nullptr ||
      dwfl_linux_proc_maps_report(session.get(), file.get()) != 0 ||
      dwfl_report_end(session.get(), nullptr, nullptr) != 0)
    throw Error(Failure::kCannotMeasure,
                "cannot tell what the program had loaded");
  return session;
}

// What the compiler made of one function, ".isra.0" and the like, is no part
// of its name: another build makes something else.
std::string Demangle(const char* name) {
  const Malloced<char> demangled(
      abi::__cxa_demangle(name, nullptr, nullptr, nullptr));
  const std::string text = demangled ? demangled.get() : name;
  return text.substr(0, text.find(" [clone"));
}

struct Place {
  std::string file;
  int line = 0;
};

// The unit of compilation that an address lies in, and what its addresses are
// shifted by.
struct Unit {
  Dwarf_Addr bias = 0;
  Dwarf_Die* die;

  Unit(Dwfl_Module* module, Dwarf_Addr address)
      : die(dwfl_module_addrdie(module, address, &bias)) {
    if (die != nullptr) return;
    // clang writes no .debug_aranges to look it up in.
    while ((die = dwfl_module_nextcu(module, die, &bias)) != nullptr)
      if (dwarf_haspc(die, address - bias) > 0) return;
  }

  /// What holds the functions: with -gsplit-dwarf that is in another file.
  Dwarf_Die Functions() const {
    Dwarf_Die split;
    std::uint8_t type = 0;
    if (dwarf_cu_info(die->cu, nullptr, &type, nullptr, &split, nullptr,
                      nullptr, nullptr) == 0 &&
        type == DW_UT_skeleton)
      return split;
    return *die;
  }
};

std::string Absolute(const char* file, Dwarf_Die* unit) {
  if (file == nullptr) return "";
  Dwarf_Attribute attribute;
  const char* folder =
      dwarf_formstring(dwarf_attr(unit, DW_AT_comp_dir, &attribute));
  return (std::filesystem::path(folder ? folder : "") / file)
      .lexically_normal()
      .string();
}

Place LineAt(const Unit& unit, Dwarf_Addr address) {
  Place place;
  Dwarf_Line* line = dwarf_getsrc_die(unit.die, address - unit.bias);
  if (line == nullptr) return place;
  place.file = Absolute(dwarf_linesrc(line, nullptr, nullptr), unit.die);
  dwarf_lineno(line, &place.line);
  return place;
}

std::optional<Dwarf_Word> Number(Dwarf_Die* die, unsigned name) {
  Dwarf_Attribute attribute;
  Dwarf_Word value = 0;
  if (dwarf_formudata(dwarf_attr(die, name, &attribute), &value) != 0)
    return std::nullopt;
  return value;
}

// Where an inlined function was called.
Place CallOf(Dwarf_Die* inlined, const Unit& unit) {
  Place place;
  Dwarf_Files* files = nullptr;
  const auto file = Number(inlined, DW_AT_call_file);
  Dwarf_Die functions = unit.Functions();
  if (file && dwarf_getsrcfiles(&functions, &files, nullptr) == 0)
    place.file =
        Absolute(dwarf_filesrc(files, *file, nullptr, nullptr), unit.die);
  place.line = static_cast<int>(Number(inlined, DW_AT_call_line).value_or(0));
  return place;
}

std::string LinkageName(Dwarf_Die* function) {
  for (const unsigned name : {DW_AT_linkage_name, DW_AT_MIPS_linkage_name}) {
    Dwarf_Attribute attribute;
    if (const char* text =
            dwarf_formstring(dwarf_attr_integrate(function, name, &attribute)))
      return text;
  }
  return "";
}

std::vector<Dwarf_Die> AndAround(Dwarf_Die* die) {
  Dwarf_Die* raw = nullptr;
  const int count = dwarf_getscopes_die(die, &raw);
  const Malloced<Dwarf_Die> scopes(raw);
  return count <= 0 ? std::vector<Dwarf_Die>()
                    : std::vector<Dwarf_Die>(raw, raw + count);
}

// The function in the source that an inlined or cloned one was made of.
Dwarf_Die Declaration(Dwarf_Die function) {
  for (const unsigned name : {DW_AT_abstract_origin, DW_AT_specification}) {
    Dwarf_Attribute attribute;
    Dwarf_Die origin;
    if (dwarf_formref_die(dwarf_attr(&function, name, &attribute), &origin))
      function = origin;
  }
  return function;
}

std::string Name(Dwarf_Die* function, const std::string& linkage_name) {
  if (!linkage_name.empty()) return Demangle(linkage_name.c_str());
  const char* plain = dwarf_diename(function);
  std::string name = plain ? plain : "";
  if (name != "operator()") return name;
  // g++ gives no linkage name to a lambda: it is named for where it stands.
  Dwarf_Die declaration = Declaration(*function);
  for (Dwarf_Die& scope : AndAround(&declaration))
    if (const std::string around = LinkageName(&scope); !around.empty())
      return Demangle(around.c_str()) + "::{lambda}";
  return name;
}

bool Holds(Dwarf_Die* die, Dwarf_Addr address) {
  return dwarf_haspc(die, address) > 0;
}

struct Search {
  Dwarf_Addr address;
  std::optional<Dwarf_Die> function;
};

int Visit(Dwarf_Die* function, void* search) {
  auto& [address, found] = *static_cast<Search*>(search);
  if (!Holds(function, address)) return DWARF_CB_OK;
  found = *function;
  return DWARF_CB_ABORT;
}

std::optional<Dwarf_Die> ScopeInside(Dwarf_Die* scope, Dwarf_Addr address) {
  Dwarf_Die child;
  if (dwarf_child(scope, &child) != 0) return std::nullopt;
  do {
    const int tag = dwarf_tag(&child);
    if ((tag == DW_TAG_inlined_subroutine || tag == DW_TAG_lexical_block) &&
        Holds(&child, address))
      return child;
  } while (dwarf_siblingof(&child, &child) == 0);
  return std::nullopt;
}

// What was inlined into the function at an address, innermost first, the blocks
// between, and the function. dwarf_getscopes() would do but for functions in a
// namespace, where clang leaves them.
std::vector<Dwarf_Die> Scopes(const Unit& unit, Dwarf_Addr address) {
  std::vector<Dwarf_Die> scopes;
  Dwarf_Die functions = unit.Functions();
  Search search{address - unit.bias, {}};
  dwarf_getfuncs(&functions, Visit, &search, 0);
  for (auto scope = search.function; scope;
       scope = ScopeInside(&scopes.back(), search.address))
    scopes.push_back(*scope);
  std::reverse(scopes.begin(), scopes.end());
  return scopes;
}

Symbol FromSymbolTable(Dwfl_Module* module, Dwarf_Addr address, Frame at) {
  GElf_Off offset = 0;
  GElf_Sym symbol;
  const char* name = dwfl_module_addrinfo(module, address, &offset, &symbol,
                                          nullptr, nullptr, nullptr);
  // The nearest symbol before it is no answer when the address lies behind.
  if (name == nullptr || (symbol.st_size != 0 && offset >= symbol.st_size))
    return {at, ""};
  at.function = Demangle(name);
  return {at, name};
}

Frame Locate(Dwfl_Module* module, Dwarf_Addr address) {
  Frame frame;
  Dwarf_Addr start = 0;
  const char* file = dwfl_module_info(module, nullptr, &start, nullptr, nullptr,
                                      nullptr, nullptr, nullptr);
  frame.module = file ? file : "";
  frame.offset = address - start;
  return frame;
}

// By debug information where it knows the function; `outermost` is what the
// symbol table says.
std::vector<Symbol> FromUnit(const Unit& unit, Dwarf_Addr address,
                             const Symbol& outermost) {
  std::vector<Symbol> symbols;
  Place place = LineAt(unit, address);
  const auto add = [&](Symbol symbol) {
    symbol.frame.file = place.file;
    symbol.frame.line = place.line;
    symbols.push_back(std::move(symbol));
  };
  for (Dwarf_Die& scope : Scopes(unit, address)) {
    if (dwarf_tag(&scope) != DW_TAG_inlined_subroutine) continue;
    Symbol symbol{outermost.frame, LinkageName(&scope)};
    symbol.frame.function = Name(&scope, symbol.linkage_name);
    add(std::move(symbol));
    place = CallOf(&scope, unit);
  }
  add(outermost);
  return symbols;
}

}  // namespace

class Symbolizer::Implementation {
 public:
  explicit Implementation(const std::string& maps) : session_(ReadMaps(maps)) {}

  std::vector<Symbol> Look(std::uint64_t address) const {
    Dwfl_Module* module = dwfl_addrmodule(session_.get(), address);
    if (module == nullptr) {
      Frame nowhere;
      nowhere.offset = address;
      return {{nowhere, ""}};
    }
    const Symbol outermost =
        FromSymbolTable(module, address, Locate(module, address));
    const Unit unit(module, address);
    if (unit.die == nullptr) return {outermost};
    return FromUnit(unit, address, outermost);
  }

  /// Stacks share most of their frames.
  std::map<std::uint64_t, std::vector<Symbol>> known;

 private:
  const Session session_;
};

Symbolizer::Symbolizer(const std::string& maps)
    : implementation_(std::make_unique<Implementation>(maps)) {}

Symbolizer::~Symbolizer() = default;

const std::vector<Symbol>& Symbolizer::Symbolize(std::uint64_t address) {
  auto& known = implementation_->known;
  const auto found = known.find(address);
  if (found != known.end()) return found->second;
  return known.emplace(address, implementation_->Look(address)).first->second;
}

}  // namespace opstat::measure
