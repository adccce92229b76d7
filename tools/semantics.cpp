// SPDX-License-Identifier: Apache-2.0
#include "engine/semantics.hpp"

#include <ostream>
#include <string>

#include <boost/json.hpp>

#include "engine/fault_catalog.hpp"
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
            {"switches", std::move(switches)}};
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

}  // namespace

int run(const SemanticsCommand& command, Streams& streams) {
    if (command.format == Format::json) {
        streams.out << json_line(ledger_json());
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
    if (command.format == Format::json) {
        streams.out << json_line(faults_json(command.name));
    } else {
        streams.out << faults_text(command.name, {.cut = false, .colour = streams.colour});
    }
    return answered;
}

}  // namespace catchrule::tools
