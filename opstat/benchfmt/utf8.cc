#include "opstat/benchfmt/utf8.h"

#include <cstdint>

namespace opstat::benchfmt {
namespace {

bool IsContinuation(char c) {
  return (static_cast<unsigned char>(c) >> 6) == 2;
}

// The shortest code point that a sequence of this length may hold; what is
// below is overlong.
constexpr std::uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};

std::size_t SequenceLength(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >> 5 == 0x6) return 2;
  if (lead >> 4 == 0xE) return 3;
  if (lead >> 3 == 0x1E) return 4;
  return 0;
}

}  // namespace

std::size_t Utf8Length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = SequenceLength(lead);
  if (length <= 1) return length;
  if (length > text.size()) return 0;
  std::uint32_t code_point = lead & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if (!IsContinuation(text[i])) return 0;
    code_point =
        code_point << 6 | (static_cast<unsigned char>(text[i]) & 0x3Fu);
  }
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  const bool valid = code_point >= kSmallest[length] && code_point <= 0x10FFFF;
  return valid && !surrogate ? length : 0;
}

std::string ToValidUtf8(std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string valid;
  std::size_t copied = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = Utf8Length(text.substr(at));
    if (length > 0) {
      at += length;
      continue;
    }
    const auto byte = static_cast<unsigned char>(text[at]);
    valid.append(text, copied, at - copied);
    valid += {'\\', 'x', kHex[byte >> 4], kHex[byte & 0xF]};
    copied = ++at;
  }
  valid.append(text, copied);
  return valid;
}

}  // namespace opstat::benchfmt
