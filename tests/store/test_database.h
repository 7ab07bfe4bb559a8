#pragma once

#include <memory>
#include <string>

namespace opstat::store {

/// A history of its own for one test, empty at first. The tests that use it are
/// linked twice: with SQLite files (store_test), and with a PostgreSQL server
/// (store_server_test) that the first one starts.
class TestDatabase {
 public:
  TestDatabase();
  ~TestDatabase();
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  /// What History opens.
  const std::string& name() const { return name_; }

 private:
  class Home;
  std::unique_ptr<Home> home_;
  std::string name_;
};

}  // namespace opstat::store
