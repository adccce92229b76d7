// SPDX-License-Identifier: Apache-2.0
#include "engine/payload/payload.hpp"

namespace catchrule::payload {

std::string_view to_string(Status status) {
    switch (status) {
        case Status::ok:
            return "ok";
        case Status::malformed:
            return "not well-formed";
        case Status::doctype:
            return "has a document type";
        case Status::document_too_long:
            return "longer than the limit";
        case Status::too_deep:
            return "nested deeper than the limit";
        case Status::too_many_nodes:
            return "more nodes than the limit";
        case Status::result_too_long:
            return "a result longer than the limit";
    }
    return "";
}

}  // namespace catchrule::payload
