#include "opstat/benchfmt/json_repair.h"

#include <algorithm>
#include <cctype>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/utf8.h"

namespace opstat::benchfmt {
namespace {

constexpr char kHex[] = "0123456789ABCDEF";

bool IsWordByte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' ||
         c == '+' || c == '.';
}

bool IsNotANumber(std::string_view word) {
  if (word.starts_with('-')) word.remove_prefix(1);
  return word == "NaN" || word == "nan" || word == "Infinity" ||
         word == "Inf" || word == "inf";
}

bool IsLongInteger(std::string_view word) {
  constexpr std::size_t kDigitsOf64Bits = 18;
  return word.size() > kDigitsOf64Bits &&
         word.find_first_not_of("-0123456789") == std::string_view::npos;
}

class Repairer {
 public:
  Repairer(std::string_view json, std::string_view origin)
      : json_(json), origin_(origin) {}

  std::string Repair() {
    while (at_ < json_.size()) {
      if (in_string_) {
        InString(json_[at_]);
      } else if (IsWordByte(json_[at_])) {
        Word();
      } else {
        Punctuation(json_[at_]);
      }
    }
    if (in_string_ || depth_ > 0) Fail("the file is cut off");
    repaired_.append(json_, copied_);
    return std::move(repaired_);
  }

 private:
  void InString(char c) {
    const auto byte = static_cast<unsigned char>(c);
    const std::size_t length = Utf8Length(json_.substr(at_));
    if (byte < 0x20) {
      return Replace(1,
                     {'\\', 'u', '0', '0', kHex[byte >> 4], kHex[byte & 0xF]});
    }
    if (length == 0) {
      return Replace(1, {'\\', '\\', 'x', kHex[byte >> 4], kHex[byte & 0xF]});
    }
    if (!escaped_ && c == '"') in_string_ = false;
    escaped_ = !escaped_ && c == '\\';
    at_ += length;
  }

  void Word() {
    const auto end =
        std::find_if_not(json_.begin() + static_cast<std::ptrdiff_t>(at_),
                         json_.end(), IsWordByte);
    const std::string_view word(json_.begin() + at_, end);
    if (IsNotANumber(word)) return Replace(word.size(), "null");
    if (IsLongInteger(word)) {
      return Replace(word.size(), std::string(word) + ".0");
    }
    at_ += word.size();
  }

  void Punctuation(char c) {
    if (c == '"') in_string_ = true;
    if (c == ']' || c == '}') --depth_;
    if (c == '\0') Fail("a NUL byte, so no text");
    if (c == '[' || c == '{') ++depth_;
    if (depth_ > kMaxJsonDepth) Fail("nested deeper than 64 levels");
    ++at_;
  }

  // Writes `text` for the next `size` bytes. A backslash before them escapes
  // nothing then, so it is escaped itself.
  void Replace(std::size_t size, const std::string& text) {
    repaired_.append(json_, copied_, at_ - copied_);
    if (escaped_) repaired_ += '\\';
    escaped_ = false;
    repaired_ += text;
    at_ += size;
    copied_ = at_;
  }

  [[noreturn]] void Fail(const char* what) const {
    throw Error(Failure::kBadData, Place(json_, at_, origin_) + ": " + what,
                "the program that wrote it may have crashed; measure again");
  }

  std::string_view json_;
  std::string_view origin_;
  std::size_t at_ = 0;
  bool in_string_ = false;
  bool escaped_ = false;
  int depth_ = 0;
  std::string repaired_;
  std::size_t copied_ = 0;  ///< bytes of json_ that are in repaired_
};

}  // namespace

std::string RepairJson(std::string_view json, std::string_view origin) {
  return Repairer(json, origin).Repair();
}

std::string Place(std::string_view text, std::size_t offset,
                  std::string_view origin) {
  const std::string_view before = text.substr(0, offset);
  const auto lines = std::ranges::count(before, '\n');
  const std::size_t column = before.size() - (before.rfind('\n') + 1);
  return std::string(origin) + ":" + std::to_string(lines + 1) + ":" +
         std::to_string(column + 1);
}

}  // namespace opstat::benchfmt
