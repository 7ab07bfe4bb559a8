#include "opstat/cli/text_table.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "opstat/cli/terminal.h"

namespace opstat::cli {
namespace {

std::string Styled(const TextTable::Cell& cell) {
  if (cell.style.empty() || cell.text.empty()) return cell.text;
  return std::string(cell.style) + cell.text + "\x1b[0m";
}

std::size_t LeftPadding(Align align, std::size_t room) {
  if (align == Align::kLeft) return 0;
  return align == Align::kRight ? room : room / 2;
}

}  // namespace

void TextTable::Put(std::size_t column, Cell cell) {
  columns_ = std::max(columns_, column + cell.span);
  const std::size_t width = DisplayWidth(cell.margin) + DisplayWidth(cell.text);
  rows_.back().push_back({column, width, std::move(cell)});
}

std::vector<std::size_t> TextTable::Widths() const {
  std::vector<std::size_t> widths(columns_);
  for (const auto& row : rows_)
    for (const auto& [column, width, cell] : row)
      if (cell.span == 1) widths[column] = std::max(widths[column], width);
  // A heading wider than what it spans widens the last of its columns.
  for (const auto& row : rows_) {
    for (const auto& [column, width, cell] : row) {
      const auto first = widths.begin() + static_cast<std::ptrdiff_t>(column);
      const auto last = first + static_cast<std::ptrdiff_t>(cell.span);
      const std::size_t total = std::accumulate(first, last, std::size_t{0});
      if (width > total) *(last - 1) += width - total;
    }
  }
  return widths;
}

std::string TextTable::Format() const {
  const std::vector<std::size_t> widths = Widths();
  std::vector<std::size_t> starts(columns_ + 1);
  std::partial_sum(widths.begin(), widths.end(), starts.begin() + 1);
  std::string text;
  for (const auto& row : rows_) {
    std::size_t at = 0;
    std::string line;
    for (const auto& [column, width, cell] : row) {
      if (cell.text.empty() &&
          cell.margin.find_first_not_of(' ') == std::string_view::npos)
        continue;
      const std::size_t room =
          starts[column + cell.span] - starts[column] - width;
      const std::size_t left = LeftPadding(cell.align, room);
      line.append(starts[column] - at, ' ');
      line.append(cell.margin);
      line.append(left, ' ');
      line.append(Styled(cell));
      at = starts[column] + width + left;
    }
    text += line + '\n';
  }
  return text;
}

}  // namespace opstat::cli
