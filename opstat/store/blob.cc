#include "opstat/store/blob.h"

#include <bit>
#include <cstdint>

namespace opstat::store {

std::vector<std::byte> EncodeSamples(std::span<const double> samples) {
  if constexpr (std::endian::native == std::endian::little) {
    const auto bytes = std::as_bytes(samples);
    return {bytes.begin(), bytes.end()};
  }
  std::vector<std::byte> blob;
  blob.reserve(samples.size() * sizeof(double));
  for (const double sample : samples) {
    const auto bits = std::bit_cast<std::uint64_t>(sample);
    for (int shift = 0; shift < 64; shift += 8) {
      blob.push_back(static_cast<std::byte>((bits >> shift) & 0xff));
    }
  }
  return blob;
}

std::optional<std::vector<double>> DecodeSamples(
    std::span<const std::byte> blob) {
  if (blob.size() % sizeof(double) != 0) return std::nullopt;
  std::vector<double> samples;
  samples.reserve(blob.size() / sizeof(double));
  for (std::size_t at = 0; at < blob.size(); at += sizeof(double)) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < sizeof(double); ++i) {
      bits |= std::to_integer<std::uint64_t>(blob[at + i]) << (8 * i);
    }
    samples.push_back(std::bit_cast<double>(bits));
  }
  return samples;
}

}  // namespace opstat::store
