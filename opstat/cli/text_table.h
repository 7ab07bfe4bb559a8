#pragma once

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace opstat::cli {

enum class Align : std::uint8_t { kLeft, kRight, kCenter };

/// Lays out a grid of cells for a fixed-width terminal. Widths are code points;
/// the style (an SGR sequence) takes none.
class TextTable {
 public:
  struct Cell {
    std::string_view text;  ///< copied
    Align align = Align::kLeft;
    std::string_view margin = " ";  ///< printed before the cell; widths add up
    std::string_view style = {};    ///< of these two at most 255 bytes each
    std::size_t span = 1;
  };

  /// Makes room for so many cells: a table that grows moves its cells.
  void Reserve(std::size_t cells) { cells_.reserve(cells); }
  void NextRow() { row_starts_.push_back(cells_.size()); }
  /// Puts a cell at `column` of the current row. REQUIRES: NextRow was called,
  /// columns ascend.
  void Put(std::size_t column, Cell cell);
  /// The lines, without trailing blanks, each ended by a newline.
  std::string Format() const;
  void WriteTo(std::ostream& out) const;

 private:
  struct Placed {
    std::size_t start;  ///< in text_, of margin, style and text
    std::uint32_t column, span;
    std::uint32_t size;   ///< of its text
    std::uint32_t width;  ///< of margin and text
    std::uint8_t margin_size, style_size;
    Align align;
  };
  std::vector<std::size_t> Widths() const;
  void AppendRow(std::span<const Placed> row,
                 std::span<const std::size_t> starts, std::string& to) const;

  // Tables have many thousands of cells: no memory of their own for each.
  std::string text_;
  std::vector<Placed> cells_;
  std::vector<std::size_t> row_starts_;  ///< in cells_
  std::size_t columns_ = 0;
};

}  // namespace opstat::cli
