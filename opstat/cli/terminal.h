#pragma once

#include <string>
#include <string_view>

#include "opstat/cli/arguments.h"

namespace opstat::cli {

/// Text that cannot steer a terminal: C0 and C1 controls, DEL, bidirectional
/// marks and invalid UTF-8 become \xNN or \u{NNNN} text; all else is kept, line
/// ends included.
std::string EscapeForTerminal(std::string_view text);

/// The same for one line of output: line ends become text, too.
std::string OneLine(std::string_view text);

/// EscapeForTerminal of a message of several lines, all but the first indented:
/// what a program said before it crashed, say.
std::string Paragraph(std::string_view text);

/// Columns that `text` takes: its code points.
std::size_t DisplayWidth(std::string_view text);

/// Whether to colour: --color, then NO_COLOR, FORCE_COLOR, then the terminal.
bool UseColor(const Arguments& arguments, const Streams& streams);

}  // namespace opstat::cli
