#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace opstat::store {

/// The values of one measurement as stored in result.samples: IEEE 754 float64,
/// little-endian, one after the other in the order measured, nothing else.
/// Every bit survives: NaN stays NaN and -0 stays -0.
std::vector<std::byte> EncodeSamples(std::span<const double> samples);

/// The inverse; nullopt when the size is not a multiple of 8.
std::optional<std::vector<double>> DecodeSamples(
    std::span<const std::byte> blob);

}  // namespace opstat::store
