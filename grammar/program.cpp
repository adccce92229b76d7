// SPDX-License-Identifier: Apache-2.0
#include "grammar/program.hpp"

#include <string_view>

namespace catchrule::grammar {
namespace {

std::string operand_text(const Program& program, OperandRef ref, const Symbols& symbols) {
    if (!ref.is_constant()) return std::string(symbols.name(ref.index()));
    const Value& value = program.constants()[ref.index()];
    if (value.is_null()) return "null";
    if (value.is_text()) return '"' + std::string(value.as_text()) + '"';
    return value.to_text();
}

std::string target_text(std::uint16_t target) {
    if (target == Test::accept) return "accept";
    if (target == Test::reject) return "reject";
    return std::to_string(target);
}

}  // namespace

std::string disassemble(const Program& program, const Symbols& symbols) {
    if (program.tests().empty()) return "always true\n";
    std::string out;
    if (program.start() != 0) out += "start " + target_text(program.start()) + '\n';
    for (std::size_t i = 0; i < program.tests().size(); ++i) {
        const Test& test = program.tests()[i];
        out += std::to_string(i) + ": " + operand_text(program, test.left, symbols);
        if (!test.is_truth) {
            out += ' ';
            out += row(test.op).rendered;
            out += ' ' + operand_text(program, test.right, symbols);
        }
        if (const auto always = program.atoms()[i].always) {
            out += *always ? " is always true\n" : " is always false\n";
            continue;
        }
        out += " ? " + target_text(test.on_true) + " : " + target_text(test.on_false) + '\n';
    }
    return out;
}

}  // namespace catchrule::grammar
