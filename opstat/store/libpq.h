#pragma once

namespace opstat::store {

/// What this room calls of PostgreSQL's client library, libpq, by the names and
/// types that its documentation gives them (postgresql.org/docs/15/libpq.html).
/// The library is loaded when a history is first opened at a postgresql:// URL,
/// so that nobody else needs it.
struct Libpq {
  struct Connection;
  struct Result;
  using NoticeReceiver = void (*)(void*, const Result*);

  // NOLINTBEGIN(readability-identifier-naming): the names are libpq's.

  Connection* (*PQconnectdbParams)(const char* const* keywords,
                                   const char* const* values,
                                   int expand_dbname);
  void (*PQfinish)(Connection*);
  int (*PQstatus)(const Connection*);
  char* (*PQerrorMessage)(const Connection*);
  const char* (*PQparameterStatus)(const Connection*, const char* name);
  int (*PQtransactionStatus)(const Connection*);
  NoticeReceiver (*PQsetNoticeReceiver)(Connection*, NoticeReceiver, void*);
  Result* (*PQexec)(Connection*, const char* sql);
  Result* (*PQprepare)(Connection*, const char* name, const char* sql,
                       int count, const unsigned* types);
  Result* (*PQexecPrepared)(Connection*, const char* name, int count,
                            const char* const* values, const int* lengths,
                            const int* formats, int result_format);
  int (*PQsendQueryPrepared)(Connection*, const char* name, int count,
                             const char* const* values, const int* lengths,
                             const int* formats, int result_format);
  int (*PQenterPipelineMode)(Connection*);
  int (*PQpipelineSync)(Connection*);
  Result* (*PQgetResult)(Connection*);
  int (*PQexitPipelineMode)(Connection*);
  int (*PQresultStatus)(const Result*);
  char* (*PQresultErrorField)(const Result*, int field);
  char* (*PQcmdStatus)(Result*);
  int (*PQntuples)(const Result*);
  char* (*PQgetvalue)(const Result*, int row, int column);
  int (*PQgetlength)(const Result*, int row, int column);
  int (*PQgetisnull)(const Result*, int row, int column);
  void (*PQclear)(Result*);
  // NOLINTEND(readability-identifier-naming)
};

/// Of libpq-fe.h and postgres_ext.h.
enum : int {
  kConnectionOk = 0,
  kTransactionIdle = 0,
  kCommandOk = 1,
  kTuplesOk = 2,
  kPipelineSync = 10,
  kPipelineAborted = 11,
  kSqlState = 'C',
  kPrimaryMessage = 'M',
};

/// The library; loaded once, thread-safe. Throws Error(kBadData) when it is not
/// installed, or older than PostgreSQL 14's.
const Libpq& LoadLibpq();

}  // namespace opstat::store
