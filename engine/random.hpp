// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace catchrule {

/// A source of chance that is a parameter: the same seed gives the same numbers everywhere. Not for
/// secrets. One call, one thread. The algorithm is splitmix64 (Steele, Lea, Flood, OOPSLA 2014): a
/// counter in steps of the golden ratio, mixed until each input bit has moved about half of the
/// output bits; the period is 2^64.
class Random {
public:
    explicit constexpr Random(std::uint64_t seed = 0) : state_(seed) {}

    /// Begins again, as a new Random(seed) would.
    constexpr void seed(std::uint64_t seed) { state_ = seed; }

    /// The next number; every value is equally likely.
    constexpr std::uint64_t next() {
        std::uint64_t z = state_ += 0x9E37'79B9'7F4A'7C15U;
        z = (z ^ (z >> 30U)) * 0xBF58'476D'1CE4'E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D0'49BB'1331'11EBU;
        return z ^ (z >> 31U);
    }

    /// A number of [0, bound), each equally likely; 0 when `bound` is 0.
    constexpr std::uint64_t below(std::uint64_t bound) {
        if (bound < 2) return 0;
        // The lowest 2^64 % bound numbers would make small results likelier.
        const std::uint64_t uneven = (0 - bound) % bound;
        std::uint64_t drawn = next();
        while (drawn < uneven) drawn = next();
        return drawn % bound;
    }

private:
    std::uint64_t state_;
};

}  // namespace catchrule
