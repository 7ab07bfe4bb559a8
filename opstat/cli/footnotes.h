#pragma once

#include <string>
#include <unordered_map>
#include <vector>

namespace opstat::cli {

/// "¹", "²", ...
std::string Superscript(std::size_t number);

/// Numbered notes under a table; equal notes share a number.
class Footnotes {
 public:
  /// The superscript number of `note`, which is added when it is new.
  std::string Mark(const std::string& note);
  /// The marks of all of them, with blanks between; "" for none.
  std::string Mark(const std::vector<std::string>& notes);
  /// A line a note, safe for a terminal.
  std::string Text() const;
  /// The notes by number, from 1.
  const std::vector<std::string>& Notes() const { return notes_; }

 private:
  std::vector<std::string> notes_;
  std::unordered_map<std::string, std::size_t> places_;  ///< in notes_
};

}  // namespace opstat::cli
