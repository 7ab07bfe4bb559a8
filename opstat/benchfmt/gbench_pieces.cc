#include "opstat/benchfmt/gbench_pieces.h"

#include <algorithm>

namespace opstat::benchfmt {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

// Up to the comma that ends the piece; npos when there is none.
std::size_t EndOfRow(std::string_view rows, std::size_t from) {
  for (;;) {
    const std::size_t brace = rows.find('}', from);
    if (brace == rows.npos) return rows.npos;
    const std::size_t next = rows.find_first_not_of(kSpace, brace + 1);
    if (next == rows.npos) return rows.npos;
    if (rows[next] == ',') return next;
    from = brace + 1;
  }
}

}  // namespace

GoogleBenchmarkPieces::GoogleBenchmarkPieces(std::string_view json) {
  constexpr std::string_view kKey = "\"benchmarks\"";
  const std::size_t key = json.find(kKey);
  if (key == json.npos) return;
  const std::size_t open = json.find('[', key);
  const std::size_t close = json.rfind(']');
  if (open == json.npos || close < open) return;
  before_ = json.substr(0, open);
  rows_ = json.substr(open + 1, close - open - 1);
  after_ = json.substr(close + 1);
}

std::optional<JsonValue> GoogleBenchmarkPieces::Context() {
  piece_.assign(before_).append("[]").append(after_);
  const auto document = parser_.ParseStrictInPlace(piece_);
  if (!document) return std::nullopt;
  const auto benchmarks = Member(*document, "benchmarks");
  simdjson::dom::array rows;
  // The array that was cut out must be the one that counts.
  if (!benchmarks || benchmarks->get(rows) || rows.size() > 0) {
    return std::nullopt;
  }
  return Member(*document, "context");
}

std::optional<simdjson::dom::array> GoogleBenchmarkPieces::Next() {
  constexpr std::size_t kPiece = std::size_t{128} << 10;
  const std::size_t end =
      rows_.size() <= kPiece ? rows_.npos : EndOfRow(rows_, kPiece);
  // A comma before the closing bracket.
  if (end + 1 == rows_.size()) return std::nullopt;
  piece_.assign("[").append(rows_.substr(0, end)).append("]");
  rows_.remove_prefix(end == rows_.npos ? rows_.size() : end + 1);
  const auto array = parser_.ParseStrictInPlace(piece_);
  simdjson::dom::array rows;
  // Spaces alone are left of a comma before the closing bracket.
  if (!array || array->get(rows) || rows.size() == 0) return std::nullopt;
  return rows;
}

}  // namespace opstat::benchfmt
