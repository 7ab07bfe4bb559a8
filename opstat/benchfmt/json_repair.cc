#include "opstat/benchfmt/json_repair.h"

#include <algorithm>

#include "opstat/benchfmt/error.h"

namespace opstat::benchfmt {
namespace {

class Repairer {
 public:
  Repairer(std::string_view json, std::string_view origin)
      : json_(json), origin_(origin) {}

  std::optional<std::string> Repair() {
    for (; at_ < json_.size(); ++at_) {
      if (in_string_) {
        InString(json_[at_]);
      } else {
        OutsideString(json_[at_]);
      }
    }
    if (in_string_ || depth_ > 0) Fail("the file is cut off");
    if (copied_ == 0) return std::nullopt;
    repaired_.append(json_, copied_);
    return std::move(repaired_);
  }

 private:
  void InString(char c) {
    if (static_cast<unsigned char>(c) < 0x20) {
      EscapeHere(static_cast<unsigned char>(c));
    } else if (escaped_) {
      escaped_ = false;
    } else if (c == '\\') {
      escaped_ = true;
    } else if (c == '"') {
      in_string_ = false;
    }
  }

  void OutsideString(char c) {
    if (c == '"') in_string_ = true;
    if (c == ']' || c == '}') --depth_;
    if (c == '\0') Fail("a NUL byte, so no text");
    if (c != '[' && c != '{') return;
    if (++depth_ > kMaxJsonDepth) Fail("nested deeper than 64 levels");
  }

  void EscapeHere(unsigned char byte) {
    constexpr char kHex[] = "0123456789abcdef";
    repaired_.append(json_, copied_, at_ - copied_);
    // After a backslash the byte cannot be escaped again: the backslash is.
    if (escaped_) repaired_ += '\\';
    escaped_ = false;
    repaired_ += {'\\', 'u', '0', '0', kHex[byte >> 4], kHex[byte & 0xF]};
    copied_ = at_ + 1;
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

std::optional<std::string> RepairJson(std::string_view json,
                                      std::string_view origin) {
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
