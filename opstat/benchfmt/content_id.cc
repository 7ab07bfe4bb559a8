#include "opstat/benchfmt/content_id.h"

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

}  // namespace

std::string ContentId(std::string_view bytes) {
  Hash first(0x9E3779B97F4A7C15u, bytes.size());
  Hash second(0xC2B2AE3D27D4EB4Fu, bytes.size());
  // Both in one pass: each step of one waits for its multiplication.
  while (!bytes.empty()) {
    std::uint64_t word = 0;
    const std::size_t size = bytes.size() < 8 ? bytes.size() : 8;
    std::memcpy(&word, bytes.data(), size);
    first.Add(word);
    second.Add(word);
    bytes.remove_prefix(size);
  }
  std::string id;
  AppendHex(first.Result(), &id);
  AppendHex(second.Result(), &id);
  return id;
}

}  // namespace opstat::benchfmt
