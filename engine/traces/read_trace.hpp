// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/trace.hpp"

namespace catchrule::trace {

/// The formats of recordings: the download of Apigee Edge (SEMANTICS 5.1), the transactions of
/// Apigee X and the session data of its emulator (5.3), and JSON Lines of our own.
enum class Format : std::uint8_t { edge_xml, x_json, json_lines };

/// "Edge XML", "X JSON", "catchrule.trace/1".
std::string_view to_string(Format format);

/// Limits against hostile files.
struct ReadLimits {
    std::size_t message_bytes = 64 * 1024 * 1024;  ///< of one message, or of what stands round them
    std::size_t depth = 64;                        ///< of elements or JSON values
    std::size_t notes = 100;                       ///< kept; later ones are left out
};

/// Why a recording cannot be read further.
struct ReadError {
    std::size_t line = 0;    ///< from 1
    std::size_t column = 0;  ///< bytes, from 1
    std::string message;     ///< lower case, no full stop
};

/// Reads a recording message by message; never holds more than one. Tells the format from the first
/// bytes. Point ids nobody knows are kept and noted. One thread.
class Reader {
public:
    /// `in` must outlive this.
    explicit Reader(std::istream& in, const ReadLimits& limits = {});
    ~Reader();
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    /// The next message; none at the end, at an error, and where the input breaks off.
    std::optional<Call> next();

    /// None before the first next(), and when it cannot be told.
    std::optional<Format> format() const;
    /// Of the message read last. X JSON may tell it after the messages only.
    const Session& session() const;
    /// The input broke off; the messages before that place were read.
    bool truncated() const;
    const std::optional<ReadError>& error() const;
    /// Oddities that were tolerated.
    const std::vector<std::string>& notes() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace catchrule::trace
