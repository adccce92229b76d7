// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace catchrule {

/// One header, query parameter or form parameter.
struct Field {
    std::string name;
    std::string value;

    friend bool operator==(const Field&, const Field&) = default;
};

/// How field names compare: headers ignore ASCII case, query and form parameters do not.
enum class FieldCase : std::uint8_t { sensitive, insensitive };

/// An ordered multimap of fields. A name may occur several times; order is kept.
class Fields {
public:
    explicit Fields(FieldCase names) : case_(names) {}

    /// The first value of `name`; none when there is no such field.
    std::optional<std::string_view> first(std::string_view name) const;
    std::vector<std::string_view> all(std::string_view name) const;
    std::size_t count(std::string_view name) const;

    void add(std::string_view name, std::string_view value);
    /// Replaces every field of that name by one, at the place of the first.
    void set(std::string_view name, std::string_view value);
    /// Replaces every field of that name by these, in order.
    void set(std::string_view name, const std::vector<std::string>& values);
    /// Removes every field of that name; says how many there were.
    std::size_t remove(std::string_view name);
    /// Removes the `index`th (from 1) field of that name.
    bool remove(std::string_view name, std::size_t index);
    void clear() { fields_.clear(); }

    const std::vector<Field>& items() const { return fields_; }
    bool empty() const { return fields_.empty(); }
    /// Distinct names in order of first appearance.
    std::vector<std::string_view> names() const;
    bool same_name(std::string_view a, std::string_view b) const;

    friend bool operator==(const Fields& a, const Fields& b) { return a.fields_ == b.fields_; }

private:
    std::vector<Field> fields_;
    FieldCase case_;
};

/// An HTTP message as plain data: no socket, no parser. One type for requests and responses, as the
/// vendor's `request`, `response`, `error` and `message` variables have one shape.
struct Message {
    enum class Kind : std::uint8_t { request, response };

    Kind kind = Kind::request;

    // requests
    std::string verb = "GET";
    std::string path = "/";  ///< as received, not decoded, without the query
    Fields query{FieldCase::sensitive};
    std::string
        received_query;  ///< the query as it came, so that an unedited one goes on byte for byte

    // responses
    int status = 200;
    std::string reason;  ///< reason phrase; empty = the standard one of the status

    std::string version = "1.1";
    Fields headers{FieldCase::insensitive};
    std::string content;

    /// Name of the policy that last wrote `content`; empty when it came from the network.
    std::string content_set_by;

    static Message request();
    static Message response(int status);

    /// Changes the status. The standard phrase of the old one would be wrong then and goes; a
    /// reason that somebody chose stays.
    void set_status(int code);

    /// The query without its `?`: as it was received while nobody edited it, else rebuilt.
    std::string query_text() const;
    /// Path and query as they stand in the request line: `/a?b=c`.
    std::string uri() const;
    /// Splits `target` ("/a?b=c", origin form) into path and query.
    void set_uri(std::string_view target);

    /// The form parameters of a body of type application/x-www-form-urlencoded, decoded; else none.
    Fields form() const;
    /// Replaces the body by these form parameters and sets the content type.
    void set_form(const Fields& form);
};

/// `key=value&...` to fields, percent-decoded (`+` is a space).
Fields parse_query(std::string_view text);
std::string format_query(const Fields& fields);

/// `base` (a URL, or the path of one) with `path` behind its path, one slash between them, and
/// `query` behind its query.
std::string extend_url(std::string base, std::string_view path, std::string_view query);

/// The standard reason phrase of an HTTP status, e.g. "Not Found"; empty when unknown.
std::string_view reason_phrase(int status);

}  // namespace catchrule
