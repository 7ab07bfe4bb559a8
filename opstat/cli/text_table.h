#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace opstat::cli {

enum class Align { kLeft, kRight, kCenter };

/// Lays out a grid of cells for a fixed-width terminal. Widths are code points;
/// the style (an SGR sequence) takes none.
class TextTable {
 public:
  struct Cell {
    std::string text;
    Align align = Align::kLeft;
    std::string_view margin = " ";  ///< printed before the cell; widths add up
    std::string_view style = {};
    std::size_t span = 1;
  };

  void NextRow() { rows_.emplace_back(); }
  /// Puts a cell at `column` of the current row. REQUIRES: NextRow was called,
  /// columns ascend.
  void Put(std::size_t column, Cell cell);
  /// The lines, without trailing blanks, each ended by a newline.
  std::string Format() const;

 private:
  struct Placed {
    std::size_t column;
    std::size_t width;  ///< of margin and text
    Cell cell;
  };
  std::vector<std::size_t> Widths() const;

  std::vector<std::vector<Placed>> rows_;
  std::size_t columns_ = 0;
};

}  // namespace opstat::cli
