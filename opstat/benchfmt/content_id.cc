#include "opstat/benchfmt/content_id.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace opstat::benchfmt {
namespace {

// splitmix64's output function (Steele, Lea, Flood 2014).
std::uint64_t Finish(std::uint64_t hash) {
  hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9u;
  hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBu;
  return hash ^ (hash >> 31);
}

class Hash {
 public:
  Hash(std::uint64_t prime, std::size_t size)
      : prime_(prime), hash_(0xCBF29CE484222325u ^ size) {}

  void Add(std::uint64_t word) {
    hash_ = (hash_ ^ word) * prime_;
    // A multiplication carries upwards only: without this the high bytes of a
    // word would never reach the low bits.
    hash_ ^= hash_ >> 32;
  }
  std::uint64_t Result() const { return Finish(hash_); }

 private:
  std::uint64_t prime_, hash_;
};

void AppendHex(std::uint64_t value, std::string* out) {
  for (int shift = 60; shift >= 0; shift -= 4) {
    *out += "0123456789abcdef"[value >> shift & 0xF];
  }
}

constexpr std::uint64_t kPrime1 = 0x9E3779B97F4A7C15u;
constexpr std::uint64_t kPrime2 = 0xC2B2AE3D27D4EB4Fu;
constexpr std::size_t kWord = sizeof(std::uint64_t);

// The first eight bytes, of a shorter text all; takes them off.
std::uint64_t TakeWord(std::string_view* bytes) {
  std::uint64_t word = 0;
  const std::size_t size = std::min(bytes->size(), kWord);
  std::memcpy(&word, bytes->data(), size);
  bytes->remove_prefix(size);
  return word;
}

// Takes a file's bytes but for a few, by four hashes in turn: the step of one
// waits for its multiplication, and the others go on meanwhile.
std::array<Hash, 4> TakeInTurn(std::string_view* bytes) {
  const std::size_t size = bytes->size();
  std::array<Hash, 4> hashes{Hash(kPrime1, size), Hash(kPrime2, size),
                             Hash(kPrime1, size), Hash(kPrime2, size)};
  const std::size_t left = size % (hashes.size() * kWord);
  for (std::size_t at = 0; at < size - left;) {
    for (Hash& hash : hashes) {
      std::uint64_t word;
      std::memcpy(&word, bytes->data() + at, kWord);
      hash.Add(word);
      at += kWord;
    }
  }
  bytes->remove_prefix(size - left);
  return hashes;
}

}  // namespace

std::string ContentId(std::string_view bytes) {
  constexpr std::size_t kLongText = 4096;
  Hash first(kPrime1, bytes.size());
  Hash second(kPrime2, bytes.size());
  const auto add = [&](std::uint64_t word) {
    first.Add(word);
    second.Add(word);
  };
  if (bytes.size() > kLongText) {
    for (const Hash& hash : TakeInTurn(&bytes)) add(hash.Result());
  }
  while (!bytes.empty()) add(TakeWord(&bytes));
  std::string id;
  AppendHex(first.Result(), &id);
  AppendHex(second.Result(), &id);
  return id;
}

}  // namespace opstat::benchfmt
