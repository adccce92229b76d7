// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "engine/xml/codes.hpp"
#include "engine/xml/load_policy.hpp"

namespace catchrule::xml {
namespace {

using Level = LogRecord::Level;
using Sink = LogRecord::Sink;

constexpr std::array<std::pair<std::string_view, Level>, 4> levels{{{"INFO", Level::info},
                                                                    {"WARN", Level::warn},
                                                                    {"ERROR", Level::error},
                                                                    {"ALERT", Level::alert}}};

constexpr std::array<std::pair<std::string_view, std::int64_t>, 4> frequencies{
    {{"minute", 60'000}, {"hour", 3'600'000}, {"day", 86'400'000}, {"week", 604'800'000}}};

class LoggingLoader {
public:
    LoggingLoader(Context& context, const File& file) : context_(context), file_(file) {}

    MessageLogging load(const Element& root) {
        file_.expect(root,
                     {{"name", "enabled", "continueOnError", "async"},
                      {"DisplayName", "Description", "Properties", "FaultRules", "Syslog", "File",
                       "CloudLogging", "logLevel", "BufferMessage", "IgnoreUnresolvedVariables"}});
        for (const Element& child : root.children()) element(child);
        if (!sunk_) {
            file_.error(code::missing_part, root.span(),
                        "expected Syslog, File or CloudLogging in MessageLogging");
        }
        return std::move(logging_);
    }

private:
    void element(const Element& child) {
        const std::string_view name = child.name();
        if (name == "Syslog" && load_once(file_, child, sunk_)) syslog(child);
        if (name == "File" && load_once(file_, child, sunk_)) file(child);
        if (name == "CloudLogging" && load_once(file_, child, sunk_)) cloud(child);
        if (name == "logLevel") level(child);
        if (name == "BufferMessage") load_boolean(file_, child.text(), name, false);
        if (name == "IgnoreUnresolvedVariables")
            logging_.ignore_unresolved = load_boolean(file_, child.text(), name, true);
    }

    void level(const Element& element) {
        file_.expect_text(element);
        const Text text = element.text().trimmed();
        for (const auto& [name, level] : levels) {
            if (name == text.value) {
                logging_.settings.level = level;
                return;
            }
        }
        file_.error(
            code::bad_value, text.span(),
            "expected INFO, WARN, ERROR or ALERT for logLevel, found \"" + text.value + "\"");
    }

    void syslog(const Element& element) {
        file_.expect(element, {{},
                               {"Message", "Host", "Port", "Protocol", "FormatMessage",
                                "DateFormat", "PayloadOnly", "SSLInfo"}});
        LogRecord& settings = logging_.settings;
        settings.sink = Sink::syslog;
        for (const Element& child : element.children()) {
            const std::string_view name = child.name();
            if (name == "Host") logging_.host = text_of(child);
            if (name == "Port") port(child);
            if (name == "Protocol") protocol(child);
            if (name == "FormatMessage")
                settings.format_message = load_boolean(file_, child.text(), name, false);
            if (name == "DateFormat") settings.date_format = child.text().trimmed().value;
            if (name == "PayloadOnly")
                settings.payload_only = load_boolean(file_, child.text(), name, false);
            if (name == "SSLInfo") tls(child);
        }
        message(element);
    }

    void port(const Element& element) {
        file_.expect_text(element);
        const Text text = element.text().trimmed();
        const auto number = parse_integer(text.value, 1);
        if (number && *number <= std::numeric_limits<std::uint16_t>::max()) {
            logging_.settings.port = static_cast<std::uint16_t>(*number);
        } else {
            file_.error(
                code::bad_policy_value, text.span(),
                "InvalidPort: expected a port from 1 to 65535, found \"" + text.value + "\"");
        }
    }

    void protocol(const Element& element) {
        file_.expect_text(element);
        const Text text = element.text().trimmed();
        if (text.value == "TCP" || text.value == "UDP") {
            logging_.settings.tcp = text.value == "TCP";
        } else {
            file_.error(code::bad_policy_value, text.span(),
                        "InvalidProtocol: expected TCP or UDP, found \"" + text.value + "\"");
        }
    }

    void tls(const Element& element) {
        for (const Element& enabled : element.children("Enabled"))
            logging_.settings.tls = load_boolean(file_, enabled.text(), enabled.name(), false);
    }

    void file(const Element& element) {
        file_.expect(element, {{}, {"Message", "FileName", "FileRotationOptions"}});
        logging_.settings.sink = Sink::file;
        for (const Element& child : element.children()) {
            if (child.name() == "FileName") logging_.name = text_of(child);
            if (child.name() == "FileRotationOptions") rotation(child);
        }
        if (logging_.name.empty())
            file_.error(code::missing_part, element.span(), "expected FileName in File");
        message(element);
    }

    // FileRotationType says which of the two limits count; without it both do.
    void rotation(const Element& element) {
        file_.expect(element, {{"rotateFileOnStartup"},
                               {"FileRotationType", "MaxFileSizeInMB", "MaxFilesToRetain",
                                "RotationFrequency"}});
        LogRotation& rotation = logging_.settings.rotation;
        if (const auto startup = element.attribute("rotateFileOnStartup"))
            rotation.on_startup = load_boolean(file_, startup->value, "rotateFileOnStartup", false);
        std::string type = "TIME_SIZE";
        for (const Element& child : element.children()) {
            const std::string_view name = child.name();
            if (name == "FileRotationType") type = rotation_type(child);
            if (name == "MaxFileSizeInMB") {
                constexpr std::int64_t megabyte = 1024 * 1024;
                constexpr std::int64_t most = 1'000'000;
                rotation.max_bytes = number(child, most) * megabyte;
            }
            if (name == "MaxFilesToRetain") rotation.max_files = number(child, 1'000'000);
            if (name == "RotationFrequency") frequency(child);
        }
        if (type == "TIME") rotation.max_bytes = 0;
        if (type == "SIZE") rotation.every_ms = 0;
    }

    std::string rotation_type(const Element& element) {
        file_.expect_text(element);
        const Text text = element.text().trimmed();
        if (text.value == "TIME" || text.value == "SIZE" || text.value == "TIME_SIZE")
            return text.value;
        file_.error(
            code::bad_value, text.span(),
            "expected TIME, SIZE or TIME_SIZE for FileRotationType, found \"" + text.value + "\"");
        return "TIME_SIZE";
    }

    std::int64_t number(const Element& element, std::int64_t most,
                        std::initializer_list<std::string_view> attributes = {}) {
        file_.expect_text(element, attributes);
        const Text text = element.text().trimmed();
        const auto number = parse_integer(text.value, 1);
        if (number && *number <= most) return *number;
        file_.error(code::bad_value, text.span(),
                    "expected an integer from 1 to " + std::to_string(most) + " for " +
                        std::string(element.name()) + ", found \"" + text.value + "\"");
        return 0;
    }

    void frequency(const Element& element) {
        const std::int64_t times = number(element, 1'000'000, {"unit"});
        const auto unit = element.attribute("unit");
        const std::string name = unit ? unit->value.trimmed().value : "hour";
        for (const auto& [known, length] : frequencies) {
            if (known == name) {
                logging_.settings.rotation.every_ms = times * length;
                return;
            }
        }
        file_.error(code::bad_value, unit->value.span(),
                    "expected minute, hour, day or week for unit, found \"" + name + "\"");
    }

    void cloud(const Element& element) {
        file_.expect(element, {{}, {"LogName", "Message", "ResourceType", "Labels"}});
        logging_.settings.sink = Sink::cloud;
        for (const Element& child : element.children()) {
            if (child.name() == "LogName") logging_.name = text_of(child);
            if (child.name() == "ResourceType") logging_.resource_type = text_of(child);
            if (child.name() == "Labels") labels(child);
        }
        if (logging_.name.empty())
            file_.error(code::missing_part, element.span(), "expected LogName in CloudLogging");
        message(element);
    }

    void labels(const Element& element) {
        file_.expect(element, {{}, {"Label"}});
        for (const Element& label : element.children("Label")) {
            file_.expect(label, {{}, {"Key", "Value"}});
            std::string key;
            Template value;
            for (const Element& child : label.children()) {
                if (child.name() == "Key") key = child.text().trimmed().value;
                if (child.name() == "Value") value = text_of(child);
            }
            if (key.empty()) {
                file_.error(code::missing_part, label.span(), "expected Key in Label");
            } else {
                logging_.labels.emplace_back(std::move(key), std::move(value));
            }
        }
    }

    // A message may be XML, so its elements are text here.
    void message(const Element& owner) {
        const auto messages = owner.children("Message");
        if (messages.empty()) {
            file_.error(code::missing_part, owner.span(),
                        "expected Message in " + std::string(owner.name()));
            return;
        }
        const Element& message = messages.front();
        if (!message.has_children()) file_.expect_text(message, {"contentType"});
        logging_.message = load_template(context_, file_, message.payload());
        if (const auto type = message.attribute("contentType"))
            logging_.content_type = load_template(context_, file_, type->value.trimmed());
    }

    Template text_of(const Element& element) {
        file_.expect_text(element);
        return load_template(context_, file_, element.text().trimmed());
    }

    Context& context_;
    const File& file_;
    MessageLogging logging_;
    bool sunk_ = false;
};

}  // namespace

MessageLogging load_message_logging(Context& context, const File& file, const Element& root) {
    return LoggingLoader(context, file).load(root);
}

}  // namespace catchrule::xml
