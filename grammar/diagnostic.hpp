// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/source.hpp"

namespace catchrule::grammar {

enum class Severity : std::uint8_t { note, warning, error };

/// "note", "warning", "error".
std::string_view to_string(Severity severity);

/// One problem of one text. `span` counts in the text that was read; whoever took that text out of
/// a file maps the span with OffsetMap before showing it.
struct Diagnostic {
    Severity severity = Severity::error;
    std::string code;  ///< stable id of the finding table, e.g. "CR102"
    Span span;         ///< the bytes the caret line underlines; empty = a single caret at `begin`
    std::string message;  ///< lower case, no full stop, says what was expected
    std::string fix;      ///< what to write instead; empty when unknown
};

/// One row of a finding table: what a diagnostic code stands for. Codes are never reused.
struct Finding {
    std::string_view code;  ///< "CR106"
    std::string_view name;  ///< "unknown-operator"
    Severity severity = Severity::error;
    std::string_view what;  ///< one line for lists and docs
};

/// The result of reading text: a value, or none, and every problem found in order. Warnings may
/// accompany a value.
template <class T>
struct Parsed {
    std::optional<T> value;
    std::vector<Diagnostic> diagnostics;

    explicit operator bool() const { return value.has_value(); }
    T& operator*() { return *value; }
    const T& operator*() const { return *value; }
    T* operator->() { return &*value; }
    const T* operator->() const { return &*value; }
};

bool has_errors(const std::vector<Diagnostic>& diagnostics);

/// `text` for a screen: white space as one space each, '?' for other control characters and for
/// bytes that are not UTF-8.
std::string shown(std::string_view text);

/// The one renderer of problems:
///
///     file:line:col: error: what was expected [code]
///       the source line
///       ~~~^~~~
///       fix: what to write
///
/// Ends with a line break. What could move a cursor (control characters, bytes that are not UTF-8)
/// is shown as '?', a tab as one space; of a line that is too long for a screen of 100 columns the
/// part round the caret is shown.
std::string render(const Source& source, const Diagnostic& diagnostic);

}  // namespace catchrule::grammar
