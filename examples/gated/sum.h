#pragma once

#include <string_view>

// Sum of the numbers in "1,20,3"; what is no number counts as 0.
int SumOfNumbers(std::string_view numbers);
