#pragma once

#include "core/base/result.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <span>

namespace flatline {

/// One option of a command.
struct OptionRow {
    QString name;  ///< without its dashes
    QString value; ///< what the value is called in the help; empty: the option is a switch
    QString help;
};

/// What was given on the command line.
struct ParsedOptions {
    QStringList positional;
    QHash<QString, QStringList> values; ///< by option; a switch has one empty value

    [[nodiscard]] bool has(const char* option) const { return values.contains(QString::fromLatin1(option)); }
    /// The last value given, or nothing.
    [[nodiscard]] std::optional<QString> value(const char* option) const;
};

/// Reads "--name value" and "--name=value" in any order; "--" ends the options. Errors: Usage.
[[nodiscard]] Result<ParsedOptions> parseOptions(const QStringList& words, std::span<const OptionRow> options);

/// The whole number that an option gives, or `otherwise` where it is left out. Errors: Usage.
[[nodiscard]] Result<std::int64_t> countOption(const ParsedOptions& given, const char* option, std::int64_t least,
                                               std::int64_t otherwise);

/// How many threads --jobs asks for; left out: one a processor. Errors: Usage.
[[nodiscard]] Result<int> jobsOption(const ParsedOptions& given);

/// The options as a help text, a line or more each.
[[nodiscard]] QString optionsHelp(std::span<const OptionRow> options);

/// An error of usage, in the user's language already.
[[nodiscard]] Error usageError(const QString& text);

} // namespace flatline
