#include "opstat/cli/footnotes.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "opstat/cli/terminal.h"

namespace opstat::cli {

std::string Superscript(std::size_t number) {
  static constexpr std::array<std::string_view, 10> kDigits = {
      "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text;
  for (char digit : fmt::format("{}", number))
    text += kDigits[static_cast<std::size_t>(digit - '0')];
  return text;
}

std::string Footnotes::Mark(const std::string& note) {
  const auto [place, is_new] = places_.try_emplace(note, notes_.size());
  if (is_new) notes_.push_back(note);
  return Superscript(place->second + 1);
}

std::string Footnotes::Mark(const std::vector<std::string>& notes) {
  std::string marks;
  for (const std::string& note : notes)
    marks += (marks.empty() ? "" : " ") + Mark(note);
  return marks;
}

std::string Footnotes::Text() const {
  std::string text;
  for (std::size_t i = 0; i < notes_.size(); ++i)
    text += fmt::format("{} {}\n", Superscript(i + 1), OneLine(notes_[i]));
  return text;
}

}  // namespace opstat::cli
