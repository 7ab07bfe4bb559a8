#include "tests/store/server.h"
#include "tests/store/test_database.h"

namespace opstat::store {

class TestDatabase::Home {};

TestDatabase::TestDatabase() : name_(Server::Shared().NewUrl()) {}

TestDatabase::~TestDatabase() = default;

}  // namespace opstat::store
