#pragma once

#include <string>
#include <string_view>

namespace opstat::benchfmt {

/// Run::id of a foreign file: 32 hex digits that depend on every byte of
/// `bytes` and on nothing else. Two 64-bit hashes (FNV-1a widened to eight
/// bytes a step, with different primes and a splitmix64 finish), of which four
/// take turns in a text of more than 4096 bytes. It tells files apart; it is no
/// cryptographic digest.
std::string ContentId(std::string_view bytes);

}  // namespace opstat::benchfmt
