#pragma once

#include <string>

#include "tests/store/fixture.h"

namespace opstat::store {

/// A PostgreSQL server on a socket in a folder of its own; ends, without a
/// trace, with this object or this process. Debian's package `postgresql`.
class Server {
 public:
  /// Returns when the server takes connections. Throws std::runtime_error when
  /// it is not installed or does not start. As root it runs as user "postgres".
  Server();
  ~Server();

  /// The server, started by whoever asks first and kept to the end.
  static const Server& Shared();
  /// The URL of a new, empty schema.
  std::string NewUrl() const;
  /// The URL of the whole, with this user and password.
  std::string Url(const std::string& user = "opstat",
                  const std::string& parameters = "") const;

 private:
  TemporaryFolder folder_;
  int pid_ = -1;
};

}  // namespace opstat::store
