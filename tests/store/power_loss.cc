#include "tests/store/power_loss.h"

#include <sqlite3.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>

namespace opstat::store {
namespace {

namespace fs = std::filesystem;

struct Operation {
  enum class Kind { kWrite, kTruncate, kSync, kDelete };
  Kind kind;
  std::string file;  // without its folder
  std::int64_t offset = 0;
  std::string bytes{};
};

std::vector<Operation> operations_done;
bool disk_is_honest = true;
sqlite3_vfs* real_vfs = nullptr;

// What SQLite holds of an open file: ours in front, the real one behind it.
struct File {
  sqlite3_file base;
  std::string* name;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File* Of(sqlite3_file* file) { return reinterpret_cast<File*>(file); }
sqlite3_file* Real(sqlite3_file* file) { return Of(file)->real(); }
const sqlite3_io_methods* Methods(sqlite3_file* file) {
  return Real(file)->pMethods;
}
void Note(sqlite3_file* file, Operation::Kind kind, std::int64_t offset = 0,
          std::string bytes = {}) {
  operations_done.push_back({kind, *Of(file)->name, offset, std::move(bytes)});
}

int Close(sqlite3_file* file) {
  const int code = Methods(file)->xClose(Real(file));
  delete Of(file)->name;
  return code;
}
int Read(sqlite3_file* file, void* into, int size, sqlite3_int64 offset) {
  return Methods(file)->xRead(Real(file), into, size, offset);
}
int Write(sqlite3_file* file, const void* from, int size,
          sqlite3_int64 offset) {
  Note(file, Operation::Kind::kWrite, offset,
       {static_cast<const char*>(from), static_cast<std::size_t>(size)});
  return Methods(file)->xWrite(Real(file), from, size, offset);
}
int Truncate(sqlite3_file* file, sqlite3_int64 size) {
  Note(file, Operation::Kind::kTruncate, size);
  return Methods(file)->xTruncate(Real(file), size);
}
int Sync(sqlite3_file* file, int flags) {
  if (disk_is_honest) Note(file, Operation::Kind::kSync);
  return Methods(file)->xSync(Real(file), flags);
}
int FileSize(sqlite3_file* file, sqlite3_int64* size) {
  return Methods(file)->xFileSize(Real(file), size);
}
int Lock(sqlite3_file* file, int level) {
  return Methods(file)->xLock(Real(file), level);
}
int Unlock(sqlite3_file* file, int level) {
  return Methods(file)->xUnlock(Real(file), level);
}
int CheckReservedLock(sqlite3_file* file, int* reserved) {
  return Methods(file)->xCheckReservedLock(Real(file), reserved);
}
int FileControl(sqlite3_file* file, int what, void* argument) {
  return Methods(file)->xFileControl(Real(file), what, argument);
}
int SectorSize(sqlite3_file* file) {
  return Methods(file)->xSectorSize(Real(file));
}
// None: no promise about writes that the power goes through.
int Characteristics(sqlite3_file*) { return 0; }
int ShmMap(sqlite3_file* file, int region, int size, int extend,
           void volatile** memory) {
  return Methods(file)->xShmMap(Real(file), region, size, extend, memory);
}
int ShmLock(sqlite3_file* file, int offset, int count, int flags) {
  return Methods(file)->xShmLock(Real(file), offset, count, flags);
}
void ShmBarrier(sqlite3_file* file) { Methods(file)->xShmBarrier(Real(file)); }
int ShmUnmap(sqlite3_file* file, int remove) {
  return Methods(file)->xShmUnmap(Real(file), remove);
}

// Version 2: without memory mapping, which would write past us.
const sqlite3_io_methods kMethods = {2,
                                     Close,
                                     Read,
                                     Write,
                                     Truncate,
                                     Sync,
                                     FileSize,
                                     Lock,
                                     Unlock,
                                     CheckReservedLock,
                                     FileControl,
                                     SectorSize,
                                     Characteristics,
                                     ShmMap,
                                     ShmLock,
                                     ShmBarrier,
                                     ShmUnmap,
                                     nullptr,
                                     nullptr};

int Open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags,
         int* out_flags) {
  Of(file)->base.pMethods = nullptr;
  const int code =
      real_vfs->xOpen(real_vfs, name, Real(file), flags, out_flags);
  if (Real(file)->pMethods == nullptr) return code;
  Of(file)->name =
      new std::string(name == nullptr ? "" : fs::path(name).filename());
  Of(file)->base.pMethods = &kMethods;
  return code;
}

int Delete(sqlite3_vfs*, const char* name, int sync) {
  operations_done.push_back(
      {Operation::Kind::kDelete, fs::path(name).filename()});
  return real_vfs->xDelete(real_vfs, name, sync);
}

sqlite3_vfs recording_vfs;

// A file at the moment of the loss.
struct Disk {
  std::string bytes;
  std::vector<const Operation*> waiting;  // not synced
};

void Apply(const Operation& operation, std::string& bytes) {
  const auto offset = static_cast<std::size_t>(operation.offset);
  if (operation.kind == Operation::Kind::kTruncate) {
    bytes.resize(offset);
    return;
  }
  if (bytes.size() < offset + operation.bytes.size())
    bytes.resize(offset + operation.bytes.size());
  bytes.replace(offset, operation.bytes.size(), operation.bytes);
}

void Advance(const Operation& operation, std::map<std::string, Disk>& disks) {
  Disk& disk = disks[operation.file];
  if (operation.kind == Operation::Kind::kDelete) {
    disks.erase(operation.file);
  } else if (operation.kind == Operation::Kind::kSync) {
    for (const Operation* waiting : disk.waiting) Apply(*waiting, disk.bytes);
    disk.waiting.clear();
  } else {
    disk.waiting.push_back(&operation);
  }
}

}  // namespace

PowerLossRecorder::PowerLossRecorder(bool honest) {
  operations_done.clear();
  disk_is_honest = honest;
  real_vfs = sqlite3_vfs_find(nullptr);
  recording_vfs = *real_vfs;
  recording_vfs.zName = "power-loss";
  recording_vfs.szOsFile += static_cast<int>(sizeof(File));
  recording_vfs.xOpen = Open;
  recording_vfs.xDelete = Delete;
  sqlite3_vfs_register(&recording_vfs, 1);
}

PowerLossRecorder::~PowerLossRecorder() {
  sqlite3_vfs_unregister(&recording_vfs);
  sqlite3_vfs_register(real_vfs, 1);
}

std::size_t PowerLossRecorder::Operations() const {
  return operations_done.size();
}

void PowerLossRecorder::Reconstruct(std::size_t operations,
                                    const std::string& folder,
                                    std::mt19937& random) const {
  std::map<std::string, Disk> disks;
  for (std::size_t i = 0; i < operations; ++i)
    Advance(operations_done[i], disks);
  for (auto& [name, disk] : disks) {
    for (const Operation* waiting : disk.waiting)
      if (random() % 2 == 0) Apply(*waiting, disk.bytes);
    std::ofstream(fs::path(folder) / name, std::ios::binary) << disk.bytes;
  }
}

}  // namespace opstat::store
