// SPDX-License-Identifier: Apache-2.0
#include "tools/trace_dump_text.hpp"

#include <algorithm>

#include "engine/traces/summary.hpp"

namespace catchrule::tools {

namespace {

using trace::Entry;
using trace::Reading;
using trace::Summary;

constexpr std::size_t widest_name = 30;  // when cells are cut
constexpr std::size_t name_column = 11;  // behind "  default  "
constexpr std::size_t verdict_columns = 11;
constexpr std::size_t widest_expression = 80;  // longer ones push their state to the right
constexpr std::size_t text_column = 9;         // what stands under MESSAGE, FAULT, REPLY

struct Word {
    std::string_view text;
    Ink ink = Ink::plain;
};

Word word_of(Entry::Verdict verdict) {
    switch (verdict) {
        case Entry::Verdict::none:
            break;
        case Entry::Verdict::fired:
            return {"FIRED", Ink::good};
        case Entry::Verdict::is_false:
            return {"FALSE", Ink::bad};
        case Entry::Verdict::not_reached:
            return {"NOT REACHED", Ink::faint};
        case Entry::Verdict::ran:
            return {"RAN", Ink::good};
        case Entry::Verdict::skipped:
            return {"SKIPPED", Ink::doubtful};
        case Entry::Verdict::failed:
            return {"FAILED", Ink::bad};
    }
    return {};
}

Word word_of(const std::optional<bool>& result) {
    if (!result) return {};
    return *result ? Word{"TRUE", Ink::good} : Word{"FALSE", Ink::bad};
}

std::string_view label_of(Entry::Kind kind) {
    switch (kind) {
        case Entry::Kind::condition:
            return "if";
        case Entry::Kind::rule:
            return "rule";
        case Entry::Kind::default_rule:
            return "default";
        case Entry::Kind::step:
            return "step";
        case Entry::Kind::state:
        case Entry::Kind::fault:
            break;
    }
    return {};
}

bool is_row(const Entry& entry) { return !label_of(entry.kind).empty(); }

class DumpScreen {
public:
    DumpScreen(const Summary& summary, ScreenStyle style) : summary_(summary), screen_(style) {
        std::size_t expressions = 0;
        for (const Entry& entry : summary.entries) {
            if (!is_row(entry)) continue;
            names_ = std::max(names_, width_of(clean(entry.name)));
            expressions = std::max(expressions, width_of(clean(entry.expression)));
        }
        names_ = std::min(names_, style.cut ? widest_name : 2 * widest_name);
        expression_column_ = name_column + names_ + 2 + verdict_columns + 2;
        if (style.cut) return;
        state_column_ = std::max(state_column_,
                                 expression_column_ + std::min(expressions, widest_expression) + 2);
    }

    std::string draw(const trace::Call& call, std::size_t number) {
        heading(call, number);
        for (const Entry& entry : summary_.entries) draw(entry);
        reply();
        if (!summary_.unset.empty()) {
            std::string names;
            for (const std::string& name : summary_.unset) {
                names += (names.empty() ? "" : ", ") + clean(name);
            }
            screen_.paragraph("UNSET", names, text_column, Ink::doubtful);
        }
        return screen_.take();
    }

private:
    void heading(const trace::Call& call, std::size_t number) {
        const std::string label = "MESSAGE " + std::to_string(number);
        std::string request = clean(summary_.verb);
        if (!summary_.uri.empty()) request += ' ' + clean(summary_.uri);
        if (request.empty()) request = "no request was recorded";
        screen_.put(label, Ink::bold).put("  ");
        screen_.cell(request, state_column - width_of(label) - 4);
        if (!summary_.status.empty()) {
            screen_.to(state_column);
            screen_.cell(clean(summary_.status + ' ' + summary_.reason),
                         screen_columns - state_column, Ink::bold);
        }
        screen_.end_line();
        std::string about = std::to_string(call.points.size()) + " points";
        if (!call.id.empty()) about += ", " + clean(call.id);
        if (!call.completed) about += ", not completed";
        if (call.partial) about += ", points are missing: a limit of the recorder was met";
        screen_.to(text_column).cell(about, screen_columns - text_column, Ink::faint);
        screen_.end_line();
    }

    void draw(const Entry& entry) {
        if (entry.kind == Entry::Kind::state) {
            screen_.put("STATE", Ink::faint).to(text_column).put(clean(entry.name), Ink::faint);
            if (!entry.note.empty()) screen_.put("  " + clean(entry.note), Ink::faint);
            screen_.end_line();
        } else if (entry.kind == Entry::Kind::fault) {
            const std::string name = entry.name.empty() ? "of unknown name" : clean(entry.name);
            const std::string note = entry.note.empty() ? "" : ": " + clean(entry.note);
            screen_.paragraph("FAULT", name + note, text_column, Ink::bad);
        } else {
            row(entry);
        }
    }

    void row(const Entry& entry) {
        screen_.to(2).put(label_of(entry.kind)).to(name_column);
        screen_.cell(clean(entry.name), names_);
        const Word verdict = word_of(entry.verdict);
        screen_.to(name_column + names_ + 2).put(verdict.text, verdict.ink);
        if (entry.expression.empty()) {
            const bool unconditional = entry.note.empty() && entry.kind == Entry::Kind::step;
            const std::string note = unconditional ? "no condition" : clean(entry.note);
            if (!note.empty()) {
                screen_.to(expression_column_).cell(note, screen_columns - expression_column_);
            }
            screen_.end_line();
            return;
        }
        expression(clean(entry.expression));
        const Word result = word_of(entry.result);
        screen_.to(state_column_).put(result.text, result.ink);
        screen_.end_line();
        for (const Reading& reading : entry.readings) read(reading);
        if (!entry.note.empty()) {
            screen_.to(name_column + 2).cell(clean(entry.note), screen_columns - name_column - 2);
            screen_.end_line();
        }
    }

    // On a line of its own where the name leaves too little room.
    void expression(const std::string& text) {
        std::size_t column = expression_column_;
        if (screen_.style().cut && column + width_of(text) + 2 > state_column_) {
            screen_.end_line();
            column = name_column;
        }
        screen_.to(column).cell(text, state_column_ - column - 2);
    }

    void read(const Reading& reading) {
        const std::size_t indent = name_column + 2;
        std::string text = clean(reading.variable);
        if (reading.value) text += " is \"" + clean(*reading.value) + '"';
        screen_.to(indent).cell(text, state_column_ - indent - 2);
        if (!reading.value) screen_.to(state_column_).put("UNSET", Ink::doubtful);
        screen_.end_line();
    }

    void reply() {
        std::string text = "none was recorded";
        if (!summary_.status.empty()) text = clean(summary_.status + ' ' + summary_.reason);
        if (summary_.fired) text += ", rule " + clean(*summary_.fired) + " fired";
        screen_.paragraph("REPLY", text, text_column, Ink::bold);
    }

    const Summary& summary_;
    Screen screen_;
    std::size_t names_ = 0;
    std::size_t expression_column_ = 0;
    std::size_t state_column_ = state_column;
};

}  // namespace

std::string trace_dump_text(const trace::Call& call, std::size_t number, ScreenStyle style) {
    const Summary summary = trace::summarize(call);
    return DumpScreen(summary, style).draw(call, number);
}

}  // namespace catchrule::tools
