#include "opstat/compare/tokens.h"

#include <fmt/format.h>

#include <algorithm>

#include "opstat/benchfmt/error.h"

namespace opstat::compare {
namespace {

constexpr std::string_view kSpace = " \t\n\r\v\f";
constexpr std::string_view kOperators = "():@,";
// Operators where a word could start; part of the word elsewhere.
constexpr std::string_view kStartOperators = "-*";

bool IsIn(std::string_view set, char c) {
  return set.find(c) != std::string_view::npos;
}

Token::Kind KindOf(std::string_view word) {
  if (word == "AND") return Token::Kind::kAnd;
  return word == "OR" ? Token::Kind::kOr : Token::Kind::kWord;
}

// Where the expression that starts at `start` ends: at a slash outside of
// brackets and parentheses. npos: nowhere.
std::size_t RegexpEnd(std::string_view text, std::size_t start) {
  int brackets = 0;
  int parentheses = 0;
  for (std::size_t i = start; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '/' && brackets == 0 && parentheses == 0) return i;
    if (c == '\\') ++i;
    if (c == '[') ++brackets;
    if (c == ']') brackets = std::max(0, brackets - 1);
    if (c == '(' && brackets == 0) ++parentheses;
    if (c == ')' && brackets == 0) --parentheses;
  }
  return std::string_view::npos;
}

}  // namespace

Token Tokens::Peek(bool value) const { return Next(value).token; }

Token Tokens::Take(bool value) {
  Read read = Next(value);
  at_ = read.end;
  return std::move(read.token);
}

void Tokens::Fail(const std::string& message, std::size_t offset) const {
  throw Error(Failure::kUsage,
              fmt::format("{} '{}': {} at character {}", option_, text_,
                          message, offset + 1));
}

Tokens::Read Tokens::Next(bool value) const {
  const std::size_t start =
      std::min(text_.find_first_not_of(kSpace, at_), text_.size());
  if (start == text_.size()) return {{Token::Kind::kEnd, "", start}, start};
  const char c = text_[start];
  if (IsIn(kOperators, c) || IsIn(kStartOperators, c)) {
    return {{Token::Kind::kOperator, std::string(1, c), start}, start + 1};
  }
  if (c == '"') return Quoted(start);
  return value && c == '/' ? Regexp(start) : Word(start);
}

Tokens::Read Tokens::Quoted(std::size_t start) const {
  std::string word;
  for (std::size_t i = start + 1; i < text_.size(); ++i) {
    if (text_[i] == '"') return {{Token::Kind::kWord, word, start}, i + 1};
    if (text_[i] == '\\') {
      ++i;
      if (i == text_.size() || !IsIn("\"\\", text_[i])) {
        Fail("only \\\" and \\\\ are escapes", i - 1);
      }
    }
    word += text_[i];
  }
  Fail("a quote is not closed", start);
}

Tokens::Read Tokens::Regexp(std::size_t start) const {
  const std::size_t end = RegexpEnd(text_, start + 1);
  if (end == std::string_view::npos) Fail("no closing slash", start);
  const std::size_t next = end + 1;
  if (next < text_.size() && !IsIn(kSpace, text_[next]) &&
      !IsIn(kOperators, text_[next])) {
    Fail("a slash within a regular expression is written \\/", end);
  }
  return {{Token::Kind::kRegexp,
           std::string(text_.substr(start + 1, end - start - 1)), start},
          next};
}

Tokens::Read Tokens::Word(std::size_t start) const {
  std::size_t end = start;
  while (end < text_.size() && !IsIn(kSpace, text_[end]) &&
         !IsIn(kOperators, text_[end])) {
    ++end;
  }
  std::string word(text_.substr(start, end - start));
  const Token::Kind kind = KindOf(word);
  return {{kind, std::move(word), start}, end};
}

}  // namespace opstat::compare
