#include "opstat/cli/text_table.h"

#include <algorithm>
#include <numeric>
#include <sstream>
#include <utility>

#include "opstat/cli/terminal.h"

namespace opstat::cli {
namespace {

std::size_t LeftPadding(Align align, std::size_t room) {
  if (align == Align::kLeft) return 0;
  return align == Align::kRight ? room : room / 2;
}

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(' ') == std::string_view::npos;
}

}  // namespace

void TextTable::Put(std::size_t column, Cell cell) {
  columns_ = std::max(columns_, column + cell.span);
  const std::size_t width = DisplayWidth(cell.margin) + DisplayWidth(cell.text);
  cells_.push_back({.start = text_.size(),
                    .column = std::uint32_t(column),
                    .span = std::uint32_t(cell.span),
                    .size = std::uint32_t(cell.text.size()),
                    .width = std::uint32_t(width),
                    .margin_size = std::uint8_t(cell.margin.size()),
                    .style_size = std::uint8_t(cell.style.size()),
                    .align = cell.align});
  text_.append(cell.margin).append(cell.style).append(cell.text);
}

std::vector<std::size_t> TextTable::Widths() const {
  std::vector<std::size_t> widths(columns_);
  for (const Placed& cell : cells_) {
    std::size_t& width = widths[cell.column];
    if (cell.span == 1) width = std::max<std::size_t>(width, cell.width);
  }
  // A heading wider than what it spans widens the last of its columns.
  for (const Placed& cell : cells_) {
    if (cell.span == 1) continue;
    const std::span spanned = std::span(widths).subspan(cell.column, cell.span);
    const std::size_t total =
        std::accumulate(spanned.begin(), spanned.end(), std::size_t{0});
    if (cell.width > total) spanned.back() += cell.width - total;
  }
  return widths;
}

std::string TextTable::Format() const {
  std::ostringstream text;
  WriteTo(text);
  return std::move(text).str();
}

void TextTable::WriteTo(std::ostream& out) const {
  const std::vector<std::size_t> widths = Widths();
  std::vector<std::size_t> starts(columns_ + 1);
  std::partial_sum(widths.begin(), widths.end(), starts.begin() + 1);
  std::string line;
  for (std::size_t row = 0; row < row_starts_.size(); ++row) {
    const std::size_t first = row_starts_[row];
    const std::size_t end =
        row + 1 == row_starts_.size() ? cells_.size() : row_starts_[row + 1];
    line.clear();
    AppendRow(std::span(cells_).subspan(first, end - first), starts, line);
    out << line;
  }
}

void TextTable::AppendRow(std::span<const Placed> row,
                          std::span<const std::size_t> starts,
                          std::string& to) const {
  std::size_t at = 0;
  for (const Placed& cell : row) {
    const std::string_view all = std::string_view(text_).substr(cell.start);
    const std::string_view margin = all.substr(0, cell.margin_size);
    if (cell.size == 0 && IsBlank(margin)) continue;
    const std::size_t start = starts[cell.column];
    const std::size_t room =
        starts[cell.column + cell.span] - start - cell.width;
    const std::size_t left = LeftPadding(cell.align, room);
    const bool styled = cell.style_size > 0 && cell.size > 0;
    to.append(start - at, ' ').append(margin).append(left, ' ');
    if (styled) to += all.substr(cell.margin_size, cell.style_size);
    to += all.substr(cell.margin_size + cell.style_size, cell.size);
    if (styled) to += "\x1b[0m";
    at = start + cell.width + left;
  }
  to += '\n';
}

}  // namespace opstat::cli
