#include "opstat/store/libpq.h"

#include <dlfcn.h>

#include <string>

#include "opstat/benchfmt/error.h"

namespace opstat::store {
namespace {

constexpr const char* kLibrary = "libpq.so.5";

template <typename Function>
void Find(void* library, const char* name, Function*& function) {
  function = reinterpret_cast<Function*>(dlsym(library, name));
  if (function == nullptr)
    throw Error(Failure::kBadData,
                std::string(kLibrary) + " has no " + name +
                    ": it is older than PostgreSQL 14's",
                "sudo apt-get install libpq5");
}

Libpq Load() {
  void* const library = dlopen(kLibrary, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr)
    throw Error(Failure::kBadData,
                std::string("a postgresql:// history needs PostgreSQL's client "
                            "library: ") +
                    dlerror(),
                "sudo apt-get install libpq5");
  Libpq libpq{};
#define OPSTAT_FIND(name) Find(library, #name, libpq.name)
  OPSTAT_FIND(PQconnectdbParams);
  OPSTAT_FIND(PQfinish);
  OPSTAT_FIND(PQstatus);
  OPSTAT_FIND(PQerrorMessage);
  OPSTAT_FIND(PQparameterStatus);
  OPSTAT_FIND(PQtransactionStatus);
  OPSTAT_FIND(PQsetNoticeReceiver);
  OPSTAT_FIND(PQexec);
  OPSTAT_FIND(PQprepare);
  OPSTAT_FIND(PQexecPrepared);
  OPSTAT_FIND(PQsendQueryPrepared);
  OPSTAT_FIND(PQenterPipelineMode);
  OPSTAT_FIND(PQpipelineSync);
  OPSTAT_FIND(PQgetResult);
  OPSTAT_FIND(PQexitPipelineMode);
  OPSTAT_FIND(PQresultStatus);
  OPSTAT_FIND(PQresultErrorField);
  OPSTAT_FIND(PQcmdStatus);
  OPSTAT_FIND(PQntuples);
  OPSTAT_FIND(PQgetvalue);
  OPSTAT_FIND(PQgetlength);
  OPSTAT_FIND(PQgetisnull);
  OPSTAT_FIND(PQclear);
#undef OPSTAT_FIND
  return libpq;
}

}  // namespace

const Libpq& LoadLibpq() {
  static const Libpq libpq = Load();
  return libpq;
}

}  // namespace opstat::store
