#include "opstat/compare/projection.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include "opstat/compare/tokens.h"

namespace opstat::compare {
namespace {

bool IsWord(const Token& token) { return token.kind == Token::Kind::kWord; }

Key TakeKey(Tokens& tokens) {
  const Token word = tokens.Take();
  if (!IsWord(word)) tokens.Fail("expected a key", word.offset);
  const auto key = ParseKey(word.text);
  if (!key) {
    tokens.Fail("keys are .name, .fullname, .file, .config, /part and fact",
                word.offset);
  }
  if (key->kind == Key::Kind::kUnit) {
    tokens.Fail(".unit is for --where; each unit has a table anyway",
                word.offset);
  }
  return *key;
}

void TakeFixedOrder(Tokens& tokens, Field& field) {
  field.order = Field::Order::kFixed;
  for (;;) {
    const Token word = tokens.Take();
    if (word.Is(')') && !field.fixed.empty()) return;
    if (!IsWord(word)) {
      tokens.Fail("expected values and a closing parenthesis", word.offset);
    }
    field.fixed.push_back(word.text);
  }
}

void TakeOrder(Tokens& tokens, Field& field) {
  const Token order = tokens.Take();
  if (order.Is('(') && field.key.kind != Key::Kind::kConfig) {
    TakeFixedOrder(tokens, field);
  } else if (IsWord(order) && order.text == "alpha") {
    field.order = Field::Order::kAlphabetic;
  } else if (IsWord(order) && order.text == "num") {
    field.order = Field::Order::kNumeric;
  } else {
    tokens.Fail("orders are @alpha, @num and @(value value ...)", order.offset);
  }
}

// Digits, a prefix of thousands or of 1024s, perhaps a B; infinity, which is
// behind all numbers, for anything else.
double Number(const std::string& text) {
  constexpr double kNone = std::numeric_limits<double>::infinity();
  double number = 0;
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, number);
  if (parsed.ec != std::errc() || std::isnan(number)) return kNone;
  std::string_view rest(parsed.ptr, std::size_t(end - parsed.ptr));
  if (rest.ends_with('B') || rest.ends_with('b')) rest.remove_suffix(1);
  const double base = rest.ends_with('i') ? 1024 : 1000;
  if (rest.ends_with('i')) rest.remove_suffix(1);
  if (rest.empty()) return number;
  const std::size_t power =
      std::string_view("KMGTPEZY").find(rest[0] == 'k' ? 'K' : rest[0]);
  if (rest.size() > 1 || power == std::string_view::npos) return kNone;
  return number * std::pow(base, double(power + 1));
}

// By `place` of the values, those of equal place by their text.
template <class Place>
std::vector<std::size_t> PlacesBy(const std::vector<std::string>& values,
                                  Place place) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, std::less<>(), [&](std::size_t i) {
    return std::pair(place(values[i]), std::string_view(values[i]));
  });
  std::vector<std::size_t> places(values.size());
  for (std::size_t i = 0; i < order.size(); ++i) places[order[i]] = i;
  return places;
}

}  // namespace

bool Field::Takes(std::string_view value) const {
  return order != Order::kFixed || std::ranges::count(fixed, value) > 0;
}

Projection ParseProjection(std::string_view text, std::string_view option) {
  Projection projection;
  Tokens tokens(text, option);
  while (tokens.Peek().kind != Token::Kind::kEnd) {
    if (!projection.empty() && tokens.Peek().Is(',')) tokens.Take();
    Field& field = projection.emplace_back();
    field.key = TakeKey(tokens);
    if (!tokens.Peek().Is('@')) continue;
    tokens.Take();
    TakeOrder(tokens, field);
  }
  return projection;
}

std::vector<std::size_t> Places(const Field& field,
                                const std::vector<std::string>& values) {
  switch (field.order) {
    case Field::Order::kAlphabetic:
      return PlacesBy(values, [](const std::string&) { return 0; });
    case Field::Order::kNumeric:
      return PlacesBy(values, Number);
    case Field::Order::kFixed:
      return PlacesBy(values, [&](const std::string& value) {
        return std::ranges::find(field.fixed, value) - field.fixed.begin();
      });
    case Field::Order::kFirstSeen:
      break;
  }
  std::vector<std::size_t> places(values.size());
  std::iota(places.begin(), places.end(), 0);
  return places;
}

}  // namespace opstat::compare
