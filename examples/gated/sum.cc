#include "sum.h"

#include <charconv>

namespace {

int Number(std::string_view field) {
  int number = 0;
  std::from_chars(field.data(), field.data() + field.size(), number);
  return number;
}

}  // namespace

int SumOfNumbers(std::string_view numbers) {
  int sum = 0;
  while (!numbers.empty()) {
    const std::size_t comma = numbers.find(',');
    sum += Number(numbers.substr(0, comma));
    numbers =
        comma == numbers.npos ? std::string_view() : numbers.substr(comma + 1);
  }
  return sum;
}
