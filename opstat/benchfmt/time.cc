#include "opstat/benchfmt/time.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>

namespace opstat::benchfmt {
namespace {

// Takes what it reads off the front of a text; every step after a failed one
// fails.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool ok() const { return ok_; }
  bool AtEnd() const { return text_.empty(); }

  // A number of exactly `digits` digits, at most `most`.
  int Number(std::size_t digits, int most) {
    int value = -1;
    const char* const end = text_.data() + std::min(digits, text_.size());
    const auto [stop, error] = std::from_chars(text_.data(), end, value);
    ok_ = ok_ && text_.size() >= digits && error == std::errc() &&
          stop == end && value >= 0 && value <= most;
    if (ok_) text_.remove_prefix(digits);
    return ok_ ? value : 0;
  }
  // One of `characters`, or 0.
  char Take(std::string_view characters) {
    if (text_.empty() || characters.find(text_[0]) == std::string_view::npos)
      return 0;
    const char taken = text_[0];
    text_.remove_prefix(1);
    return taken;
  }
  void Expect(char character) { ok_ = Take({&character, 1}) != 0 && ok_; }

 private:
  std::string_view text_;
  bool ok_ = true;
};

std::optional<std::int64_t> Date(Reader& reader) {
  const int year = reader.Number(4, 9999);
  reader.Expect('-');
  const int month = reader.Number(2, 12);
  reader.Expect('-');
  const int day = reader.Number(2, 31);
  const std::chrono::year_month_day date{
      std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
      std::chrono::day(static_cast<unsigned>(day))};
  if (!reader.ok() || !date.ok()) return std::nullopt;
  return std::chrono::seconds(std::chrono::sys_days(date).time_since_epoch())
      .count();
}

int Clock(Reader& reader) {
  int seconds = 3600 * reader.Number(2, 23);
  reader.Expect(':');
  seconds += 60 * reader.Number(2, 59);
  if (reader.Take(":") != 0) seconds += reader.Number(2, 60);
  if (reader.Take(".,") != 0)
    while (reader.Take("0123456789") != 0) {
    }
  return seconds;
}

int Zone(Reader& reader) {
  const char sign = reader.Take("Z+-");
  if (sign == 0 || sign == 'Z') return 0;
  int seconds = 3600 * reader.Number(2, 23);
  reader.Take(":");
  if (!reader.AtEnd()) seconds += 60 * reader.Number(2, 59);
  return sign == '-' ? -seconds : seconds;
}

}  // namespace

std::optional<std::int64_t> UnixSeconds(std::string_view iso) {
  Reader reader(iso);
  std::optional<std::int64_t> seconds = Date(reader);
  if (seconds && reader.Take("T ") != 0) {
    *seconds += Clock(reader);
    *seconds -= Zone(reader);
  }
  return reader.ok() && reader.AtEnd() ? seconds : std::nullopt;
}

std::string UtcText(std::int64_t unix_seconds) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(unix_seconds));
}

}  // namespace opstat::benchfmt
