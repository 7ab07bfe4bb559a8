#pragma once

#include <string_view>

namespace opstat::harness {

/// Allocates and frees through every door there is (the malloc family, the
/// eight operator new) and returns the name of the first one whose counts are
/// not exactly right, or "" when all are. Something else may have replaced
/// malloc or operator new in the program: numbers would be too small then.
std::string_view FirstMiscountedDoor();

}  // namespace opstat::harness
