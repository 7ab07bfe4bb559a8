#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace opstat::compare {

/// A word, regular expression or operator of a projection or filter.
struct Token {
  enum class Kind { kEnd, kWord, kRegexp, kAnd, kOr, kOperator };
  Kind kind = Kind::kEnd;
  std::string text;        ///< unquoted; an expression without its slashes
  std::size_t offset = 0;  ///< of its first byte, for messages

  bool Is(char op) const { return kind == Kind::kOperator && text[0] == op; }
};

/// Takes a projection or filter apart as golang.org/x/perf/benchproc/syntax
/// does: words of `[^-*"():@,][^ ():@,]*` or in double quotes (with `\"` and
/// `\\`), the operators - * ( ) : @ , and the words AND and OR.
class Tokens {
 public:
  /// `option` names the text in messages; both outlive the object.
  Tokens(std::string_view text, std::string_view option)
      : text_(text), option_(option) {}

  /// The next token, left in place. Where a value may stand, `/.../` is a
  /// regular expression. Throws Error(kUsage), as all here.
  Token Peek(bool value = false) const;
  Token Take(bool value = false);
  /// Throws Error(kUsage): what is wrong with the text, and where.
  [[noreturn]] void Fail(const std::string& message, std::size_t offset) const;

 private:
  struct Read {
    Token token;
    std::size_t end;
  };
  Read Next(bool value) const;
  Read Quoted(std::size_t start) const;
  Read Regexp(std::size_t start) const;
  Read Word(std::size_t start) const;

  std::string_view text_, option_;
  std::size_t at_ = 0;
};

}  // namespace opstat::compare
