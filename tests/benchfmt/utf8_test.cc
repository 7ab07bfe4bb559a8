#include "opstat/benchfmt/utf8.h"

#include <gtest/gtest.h>

namespace opstat::benchfmt {
namespace {

TEST(Utf8, LeavesValidTextAlone) {
  for (const std::string_view text :
       {std::string_view("plain"), std::string_view("é ü 日本 🔥"),
        std::string_view("a\0b\x1b[2J\n", 8), std::string_view("")}) {
    EXPECT_EQ(ToValidUtf8(text), text);
  }
}

TEST(Utf8, ShowsInvalidBytesInHex) {
  struct Case {
    std::string_view bytes, shown;
  };
  const Case cases[] = {
      {"a\xff"
       "b",
       "a\\xFFb"},
      {"\xc3", "\\xC3"},                             // cut off
      {"\x80", "\\x80"},                             // a continuation alone
      {"\xc0\xaf", "\\xC0\\xAF"},                    // overlong
      {"\xed\xa0\x80", "\\xED\\xA0\\x80"},           // a surrogate
      {"\xf5\x80\x80\x80", "\\xF5\\x80\\x80\\x80"},  // beyond U+10FFFF
  };
  for (const Case& each : cases) EXPECT_EQ(ToValidUtf8(each.bytes), each.shown);
}

}  // namespace
}  // namespace opstat::benchfmt
