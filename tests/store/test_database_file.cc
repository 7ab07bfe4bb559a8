#include "tests/store/fixture.h"
#include "tests/store/test_database.h"

namespace opstat::store {

class TestDatabase::Home : public TemporaryFolder {};

TestDatabase::TestDatabase()
    : home_(std::make_unique<Home>()), name_(*home_ / "history.db") {}

TestDatabase::~TestDatabase() = default;

}  // namespace opstat::store
