// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <charconv>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "engine/xml/codes.hpp"
#include "engine/xml/load_policy.hpp"

namespace catchrule::xml {
namespace {

using Kind = QuotaQuery::Kind;
using Unit = QuotaQuery::Unit;

std::optional<Kind> parse_kind(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, Kind>, 5> kinds{
        {{"", Kind::standard},
         {"default", Kind::standard},
         {"calendar", Kind::calendar},
         {"flexi", Kind::flexi},
         {"rollingwindow", Kind::rolling_window}}};
    for (const auto& [name, kind] : kinds) {
        if (name == text) return kind;
    }
    return std::nullopt;
}

// `2026-01-31 12:00:00`, UTC; one-digit parts are fine.
std::optional<Millis> parse_start_time(std::string_view text) {
    static constexpr std::string_view separators = "-- ::";
    std::array<int, 6> parts{};
    const char* at = text.data();
    const char* const end = text.data() + text.size();
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto [next, error] = std::from_chars(at, end, parts[i]);
        if (error != std::errc() || parts[i] < 0) return std::nullopt;
        at = next;
        if (i == separators.size()) break;
        if (at == end || *at != separators[i]) return std::nullopt;
        ++at;
    }
    if (at != end) return std::nullopt;
    const auto [year, month, day, hour, minute, second] = parts;
    if (year > 9999 || month > 12 || day > 31) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    const auto time = std::chrono::sys_days(date).time_since_epoch() + std::chrono::hours(hour) +
                      std::chrono::minutes(minute) + std::chrono::seconds(second);
    return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
}

class QuotaLoader {
public:
    QuotaLoader(Context& context, const File& file) : context_(context), file_(file) {}

    Quota load(const Element& root) {
        file_.expect(
            root, {{"name", "enabled", "continueOnError", "async", "type"},
                   {"DisplayName", "Description", "Properties", "FaultRules", "Allow", "Interval",
                    "TimeUnit", "StartTime", "Identifier", "MessageWeight", "Distributed",
                    "Synchronous", "AsynchronousConfiguration", "PreciseAtSecondsLevel",
                    "UseQuotaConfigInAPIProduct", "SharedName", "CountOnly", "EnforceOnly"}});
        type(root);
        for (const Element& child : root.children()) element(child);
        bool product = false;
        for (const Element& child : root.children("UseQuotaConfigInAPIProduct")) {
            if (load_once(file_, child, product)) from_product(child);
        }
        check_complete(root);
        return std::move(quota_);
    }

private:
    void error(grammar::Span span, std::string_view vendor_name, std::string message) const {
        file_.error(code::bad_policy_value, span,
                    std::string(vendor_name) + ": " + std::move(message));
    }

    void type(const Element& root) {
        const auto attribute = root.attribute("type");
        if (!attribute) return;
        const Text text = attribute->value.trimmed();
        if (const auto kind = parse_kind(text.value)) {
            quota_.kind = *kind;
        } else {
            error(
                text.span(), "InvalidQuotaType",
                "expected default, calendar, flexi or rollingwindow, found \"" + text.value + "\"");
        }
    }

    void element(const Element& child) {
        const std::string_view name = child.name();
        if (name == "StartTime") return start_time(child);
        if (name == "Distributed") {
            distributed_ = load_boolean(file_, child.text(), name, false);
        } else if (name == "Identifier" || name == "MessageWeight") {
            file_.expect_text(child, {"ref"});
            std::string& reference =
                name == "Identifier" ? quota_.identifier_ref : quota_.weight_ref;
            reference = load_reference(context_, child, "ref");
        } else if (name == "SharedName") {
            file_.expect_text(child);
            quota_.shared_name = child.text().trimmed().value;
        } else if (name == "CountOnly" || name == "EnforceOnly") {
            mode(child);
        } else if (name == "AsynchronousConfiguration") {
            file_.expect(child, {{}, {"SyncIntervalInSeconds", "SyncMessageCount"}});
        } else {
            limits(child);
        }
    }

    // Allow, Interval and TimeUnit, of the policy or of DefaultConfig.
    void limits(const Element& child) {
        if (child.name() == "Allow") return allow(child);
        if (child.name() != "Interval" && child.name() != "TimeUnit") return;
        const bool interval = child.name() == "Interval";
        file_.expect_text(child, {"ref"});
        std::string& reference = interval ? quota_.interval_ref : quota_.unit_ref;
        reference = load_reference(context_, child, "ref");
        const Text text = child.text().trimmed();
        if (text.value.empty() && !reference.empty()) return;
        (interval ? has_interval_ : has_unit_) = true;
        if (interval) {
            quota_.interval = parse_integer(text.value, 1);
            if (!quota_.interval)
                error(text.span(), "InvalidQuotaInterval",
                      "expected an integer of 1 or more, found \"" + text.value + "\"");
        } else {
            quota_.unit = parse_quota_unit(text.value);
            if (!quota_.unit)
                error(text.span(), "InvalidQuotaTimeUnit",
                      "expected second, minute, hour, day, week, month or year, found \"" +
                          text.value + "\"");
            if (quota_.unit == Unit::second) seconds_ = text.span();
        }
    }

    // The count is an attribute, or in older bundles the text.
    void allow(const Element& element) {
        const auto count = element.attribute("count");
        const Text text = count ? count->value.trimmed() : element.text().trimmed();
        if (count || element.has_children() || text.value.empty()) {
            file_.expect(element, {{"count", "countRef"}, {"Class"}});
        } else {
            file_.expect_text(element, {"countRef"});
        }
        quota_.allow_ref = load_reference(context_, element, "countRef");
        if (count || (!element.has_children() && !text.value.empty())) allow_count(text);
        for (const Element& classes : element.children("Class")) load_classes(classes);
    }

    // `<Class ref="..."><Allow class="gold" count="100"/></Class>`
    void load_classes(const Element& element) {
        file_.expect(element, {{"ref"}, {"Allow"}});
        quota_.class_ref = load_reference(context_, element, "ref");
        if (quota_.class_ref.empty())
            file_.error(code::missing_part, element.span(), "expected attribute ref of Class");
        for (const Element& child : element.children("Allow")) {
            file_.expect(child, {{"class", "count"}, {}});
            const auto name = child.attribute("class");
            const auto count = child.attribute("count");
            if (!name || !count) {
                file_.error(code::missing_part, child.span(),
                            "expected attributes class and count of Allow in Class");
                continue;
            }
            if (const auto number = count_of(count->value.trimmed()))
                quota_.classes.emplace_back(name->value.trimmed().value, *number);
        }
    }

    void mode(const Element& element) {
        file_.expect_text(element);
        if (!load_boolean(file_, element.text(), element.name(), false)) return;
        const auto wanted = element.name() == "CountOnly" ? QuotaQuery::Mode::count_only
                                                          : QuotaQuery::Mode::enforce_only;
        if (quota_.mode != QuotaQuery::Mode::count_and_enforce && quota_.mode != wanted) {
            file_.error(code::bad_value, element.span(),
                        "expected CountOnly or EnforceOnly, found both");
        }
        quota_.mode = wanted;
        mode_ = element.span();
    }

    void allow_count(const Text& text) {
        if (const auto number = count_of(text)) quota_.allow_count = *number;
    }

    std::optional<std::int64_t> count_of(const Text& text) {
        auto number = parse_integer(text.value, 0);
        if (!number) {
            file_.error(code::bad_value, text.span(),
                        "expected an integer of 0 or more for Allow, found \"" + text.value + "\"");
        }
        return number;
    }

    void start_time(const Element& element) {
        file_.expect_text(element);
        const Text text = element.text().trimmed();
        if (quota_.kind != Kind::calendar) {
            return error(element.span(), "StartTimeNotSupported",
                         "StartTime needs type=\"calendar\"");
        }
        if (const auto start = parse_start_time(text.value)) {
            quota_.start = *start;
        } else {
            error(text.span(), "InvalidStartTime",
                  "expected a time such as 2026-01-31 12:00:00, found \"" + text.value + "\"");
        }
    }

    // The product's quota of the key that step `stepName` verified; DefaultConfig stands in.
    void from_product(const Element& element) {
        file_.expect(element, {{"stepName"}, {"DefaultConfig"}});
        for (const Element& config : element.children("DefaultConfig")) {
            file_.expect(config, {{}, {"Allow", "Interval", "TimeUnit"}});
            for (const Element& child : config.children()) limits(child);
        }
        const auto step = element.attribute("stepName");
        if (!step || step->value.trimmed().value.empty()) {
            return file_.error(code::missing_part, element.span(),
                               "expected attribute stepName of UseQuotaConfigInAPIProduct");
        }
        quota_.of_product = true;
        const std::string prefix =
            "verifyapikey." + step->value.trimmed().value + ".apiproduct.developer.quota.";
        quota_.allow_ref = intern(prefix + "limit");
        quota_.interval_ref = intern(prefix + "interval");
        quota_.unit_ref = intern(prefix + "timeunit");
    }

    std::string intern(std::string name) {
        context_.bundle.symbols.intern(name);
        return name;
    }

    void check_complete(const Element& root) const {
        if (seconds_ && distributed_) {
            error(*seconds_, "InvalidTimeUnitForDistributedQuota",
                  "expected minute, hour, day, week, month or year when Distributed is true, found "
                  "second");
        }
        if (mode_ && quota_.shared_name.empty()) {
            file_.warning(code::missing_part, *mode_,
                          "expected SharedName beside CountOnly or EnforceOnly",
                          "give the policies that count together the same SharedName");
        }
        if (!has_interval_ && quota_.interval_ref.empty())
            error(root.span(), "InvalidQuotaInterval", "expected Interval in Quota");
        if (!has_unit_ && quota_.unit_ref.empty())
            error(root.span(), "InvalidQuotaTimeUnit", "expected TimeUnit in Quota");
    }

    Context& context_;
    const File& file_;
    Quota quota_;
    bool distributed_ = false;
    std::optional<grammar::Span> mode_;  // where CountOnly or EnforceOnly says true
    bool has_interval_ = false;
    bool has_unit_ = false;
    std::optional<grammar::Span> seconds_;  // where TimeUnit says second
};

}  // namespace

Quota load_quota(Context& context, const File& file, const Element& root) {
    return QuotaLoader(context, file).load(root);
}

}  // namespace catchrule::xml
