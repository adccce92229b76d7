// SPDX-License-Identifier: Apache-2.0
#include "engine/semantics.hpp"

#include <ostream>
#include <string>

#include <boost/json.hpp>

#include "engine/fault_catalog.hpp"
#include "grammar/operators.hpp"
#include "tools/command.hpp"
#include "tools/explain_json.hpp"
#include "tools/screen.hpp"

namespace catchrule::tools {

namespace {

namespace json = boost::json;

std::string_view name(Evidence grade) {
    switch (grade) {
        case Evidence::documented:
            return "documented";
        case Evidence::observed:
            return "observed";
        case Evidence::reported:
            return "reported";
        case Evidence::memory:
            return "memory";
    }
    return {};
}

json::array null_table_json() {
    json::array rows;
    for (const grammar::OperatorRow& row : grammar::operator_table()) {
        json::object cells{{"operator", row.name}, {"left_unset", row.left_null}};
        if (row.right == grammar::RightOperand::literal_or_variable) {
            cells["right_unset"] = row.right_null;
            cells["both_unset"] = row.both_null;
        }
        rows.emplace_back(std::move(cells));
    }
    return rows;
}

json::array adaptation_table_json() {
    json::array rows;
    for (const grammar::Type left : grammar::adaptation_types()) {
        for (const grammar::Type right : grammar::adaptation_types()) {
            rows.push_back(json::object{{"left", to_string(left)},
                                        {"right", to_string(right)},
                                        {"compared_as", to_string(common_type(left, right))}});
        }
    }
    return rows;
}

json::object ledger_json() {
    json::array rows;
    for (const LedgerRow& row : ledger()) {
        rows.push_back(json::object{
            {"id", row.id},
            {"question", row.question},
            {"decision", row.decision},
            {"switch", row.switch_key.empty() ? json::value(nullptr) : json::value(row.switch_key)},
            {"evidence", row.evidence}});
    }
    json::array switches;
    for (const SwitchRow& row : switch_table()) {
        switches.push_back(json::object{
            {"key", row.key}, {"values", row.values}, {"ledger", row.ledger}, {"help", row.help}});
    }
    return {{"schema", "catchrule.semantics/1"},
            {"ledger", std::move(rows)},
            {"switches", std::move(switches)},
            {"null_table", null_table_json()},
            {"adaptation_table", adaptation_table_json()}};
}

std::string_view word(bool cell) { return cell ? "true" : "false"; }

// The null table of a pattern operator has one cell: its right side is always text.
bool has_right_cells(const grammar::OperatorRow& row) {
    return row.right == grammar::RightOperand::literal_or_variable;
}

std::string spellings(const grammar::OperatorRow& row) {
    std::string out;
    for (const auto& names : {row.symbols, row.words}) {
        for (const std::string_view name : names) {
            if (name.empty()) continue;
            if (!out.empty()) out += ' ';
            out += name;
        }
    }
    return out;
}

void tables_text(Screen& screen) {
    screen.end_line();
    screen.put("Unset operands (the null table; > is SEM-09)", Ink::bold);
    screen.end_line();
    screen.put("  operator").to(36).put("left").to(44).put("right").to(52).put("both");
    screen.end_line();
    for (const grammar::OperatorRow& row : grammar::operator_table()) {
        const bool all = has_right_cells(row);
        screen.put("  " + spellings(row)).to(36).put(word(row.left_null));
        screen.to(44).put(all ? word(row.right_null) : "-");
        screen.to(52).put(all ? word(row.both_null) : "-");
        screen.end_line();
    }
    screen.end_line();
    screen.put("Two types are compared in (the adaptation table; StartsWith compares text)",
               Ink::bold);
    screen.end_line();
    std::size_t column = 12;
    for (const grammar::Type right : grammar::adaptation_types()) {
        screen.to(column).put(to_string(right));
        column += 10;
    }
    screen.end_line();
    for (const grammar::Type left : grammar::adaptation_types()) {
        screen.put("  ").put(to_string(left));
        column = 12;
        for (const grammar::Type right : grammar::adaptation_types()) {
            screen.to(column).put(to_string(common_type(left, right)));
            column += 10;
        }
        screen.end_line();
    }
}

// A cell of a Markdown table.
std::string cell(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '|') out += '\\';
        out += c;
    }
    return out;
}

std::string markdown_row(std::initializer_list<std::string_view> cells) {
    std::string out;
    for (const std::string_view text : cells) out += "| " + cell(text) + ' ';
    return out + "|\n";
}

std::string semantics_markdown() {
    std::string out =
        "# Semantics: what is done where the sources disagree or are silent\n\n"
        "Written by `catchrule semantics --format markdown`; do not edit.\n\n"
        "| id | question | decision | switch | evidence |\n|---|---|---|---|---|\n";
    const auto row_of = [&out](std::initializer_list<std::string_view> cells) {
        out += markdown_row(cells);
    };
    for (const LedgerRow& row : ledger()) {
        row_of({row.id, row.question, row.decision, row.switch_key, row.evidence});
    }
    out +=
        "\n## Switches\n\nThe first value is the default.\n\n"
        "| option | values | id | what it does |\n|---|---|---|---|\n";
    for (const SwitchRow& row : switch_table()) {
        row_of({"--" + std::string(row.key), row.values, row.ledger, row.help});
    }
    out +=
        "\n## Unset operands\n\nThe result when the left, the right or both operands are "
        "unset. The cell of `>` with the left one unset is SEM-09.\n\n"
        "| operator | left | right | both |\n|---|---|---|---|\n";
    for (const grammar::OperatorRow& row : grammar::operator_table()) {
        const bool all = has_right_cells(row);
        row_of({spellings(row), word(row.left_null), all ? word(row.right_null) : "-",
                all ? word(row.both_null) : "-"});
    }
    out +=
        "\n## Adaptation\n\nThe type in which two values are compared; StartsWith compares "
        "text.\n\n|  |";
    for (const grammar::Type right : grammar::adaptation_types()) {
        out += ' ' + std::string(to_string(right)) + " |";
    }
    out += "\n|---|---|---|---|---|---|---|\n";
    for (const grammar::Type left : grammar::adaptation_types()) {
        out += "| " + std::string(to_string(left)) + " |";
        for (const grammar::Type right : grammar::adaptation_types()) {
            out += ' ' + std::string(to_string(common_type(left, right))) + " |";
        }
        out += '\n';
    }
    return out;
}

std::string ledger_text(ScreenStyle style) {
    Screen screen(style);
    for (const LedgerRow& row : ledger()) {
        screen.paragraph(row.id, row.question, 8, Ink::bold);
        screen.paragraph("", row.decision, 10, Ink::plain);
        if (!row.switch_key.empty()) {
            screen.paragraph("", "switch: " + std::string(row.switch_key), 10, Ink::plain);
        }
        if (!row.evidence.empty()) {
            screen.paragraph("", "evidence: " + std::string(row.evidence), 10, Ink::plain);
        }
    }
    screen.end_line();
    screen.put("Switches (the first value is the default)", Ink::bold);
    screen.end_line();
    for (const SwitchRow& row : switch_table()) {
        screen.put("  --" + std::string(row.key) + ' ' + std::string(row.values));
        screen.end_line();
        screen.paragraph("", std::string(row.help) + " (" + std::string(row.ledger) + ')', 10,
                         Ink::plain);
    }
    tables_text(screen);
    return screen.take();
}

std::string status_text(int status) { return status == 0 ? "-" : std::to_string(status); }

json::value status_json(int status) {
    if (status == 0) return nullptr;
    return status;
}

bool is_asked(const FaultRow& row, const std::string& asked) {
    return asked.empty() || row.name() == asked || row.code == asked;
}

json::object faults_json(const std::string& asked) {
    json::array rows;
    for (const FaultRow& row : fault_catalog()) {
        if (!is_asked(row, asked)) continue;
        rows.push_back(
            json::object{{"name", row.name()},
                         {"code", row.code},
                         {"raised_by", row.raised_by},
                         {"status", json::object{{"x", status_json(row.status_x)},
                                                 {"edge", status_json(row.status_edge)}}},
                         {"text", row.text},
                         {"reason", row.reason},
                         {"evidence", name(row.grade)}});
    }
    return {{"schema", "catchrule.faults/1"}, {"faults", std::move(rows)}};
}

std::string faults_text(const std::string& asked, ScreenStyle style) {
    Screen screen(style);
    for (const FaultRow& row : fault_catalog()) {
        if (!is_asked(row, asked)) continue;
        screen.put(row.name(), Ink::bold).to(36).put(row.raised_by).to(58);
        screen.put("x " + status_text(row.status_x))
            .to(65)
            .put("edge " + status_text(row.status_edge));
        screen.to(75).put(name(row.grade));
        screen.end_line();
        screen.paragraph("", row.code, 4, Ink::plain);
        if (!row.text.empty()) screen.paragraph("", row.text, 4, Ink::plain);
    }
    return screen.take();
}

std::string faults_markdown(const std::string& asked) {
    std::string out =
        "# The faults that are known\n\n"
        "Written by `catchrule faults --format markdown`; do not edit. `fault.name` is the last "
        "part of the code. A status of `-` is that of the reply or policy behind the fault; the "
        "profiles are X and Edge.\n\n"
        "| code | raised by | X | Edge | text | reason | evidence |\n"
        "|---|---|---|---|---|---|---|\n";
    for (const FaultRow& row : fault_catalog()) {
        if (!is_asked(row, asked)) continue;
        out += markdown_row({row.code, row.raised_by, status_text(row.status_x),
                             status_text(row.status_edge), row.text, row.reason, name(row.grade)});
    }
    return out;
}

}  // namespace

int run(const SemanticsCommand& command, Streams& streams) {
    if (command.format == TableFormat::json) {
        streams.out << json_line(ledger_json());
    } else if (command.format == TableFormat::markdown) {
        streams.out << semantics_markdown();
    } else {
        streams.out << ledger_text({.cut = false, .colour = streams.colour});
    }
    return answered;
}

int run(const FaultsCommand& command, Streams& streams) {
    if (!command.name.empty() && find_fault(command.name) == nullptr) {
        streams.err << "catchrule: fault \"" << command.name << "\" is not in the catalog\n";
        return unusable;
    }
    if (command.format == TableFormat::json) {
        streams.out << json_line(faults_json(command.name));
    } else if (command.format == TableFormat::markdown) {
        streams.out << faults_markdown(command.name);
    } else {
        streams.out << faults_text(command.name, {.cut = false, .colour = streams.colour});
    }
    return answered;
}

}  // namespace catchrule::tools
