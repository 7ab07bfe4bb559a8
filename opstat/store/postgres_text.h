#pragma once

#include <string>
#include <string_view>

namespace opstat::store {

/// Any bytes as text that PostgreSQL can hold: neither NUL nor invalid UTF-8. A
/// byte it cannot hold becomes SUB (0x1a, ASCII's "substitute") and two hex
/// digits, and so does SUB itself. Other text stays as it is.
std::string ToPostgresText(std::string_view bytes);

/// The inverse.
std::string FromPostgresText(std::string_view text);

/// Whether a history of that name is a URL of a PostgreSQL server.
bool IsPostgresUrl(std::string_view name);

/// `text`, such as an error message, with the passwords that `url` holds, in
/// front of an @ or as a parameter, replaced by ***. WithoutPassword(url, url)
/// is what a person may see of the URL.
std::string WithoutPassword(std::string text, const std::string& url);

}  // namespace opstat::store
