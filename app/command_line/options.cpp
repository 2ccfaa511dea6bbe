#include "app/command_line/options.h"

#include "core/base/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <thread>

namespace flatline {
namespace {

constexpr std::int64_t greatestCount = 1000000000000;
constexpr std::int64_t mostJobs = 1024;

QString tr(const char* text) {
    return QCoreApplication::translate("command_line", text);
}

} // namespace

Error usageError(const QString& text) {
    return {ErrorKind::Usage, {}, {text.toStdString(), {}}};
}

std::optional<QString> ParsedOptions::value(const char* option) const {
    const QStringList given = values.value(QString::fromLatin1(option));
    return given.isEmpty() ? std::nullopt : std::optional(given.last());
}

Result<ParsedOptions> parseOptions(const QStringList& words, std::span<const OptionRow> options) {
    ParsedOptions parsed;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString& word = words[i];
        if (word == QLatin1String("--")) {
            parsed.positional += words.mid(i + 1);
            break;
        }
        if (!word.startsWith(QLatin1Char('-')) || word == QLatin1String("-")) {
            parsed.positional << word;
            continue;
        }
        const qsizetype equals = word.indexOf(QLatin1Char('='));
        QString name;
        if (word == QLatin1String("-h"))
            name = QStringLiteral("help");
        else if (word.startsWith(QLatin1String("--")))
            name = word.mid(2, equals < 0 ? -1 : equals - 2);
        const auto option = std::ranges::find(options, name, &OptionRow::name);
        if (option == options.end())
            return usageError(tr("there is no option %1; --help lists them").arg(word.left(equals)));
        if (option->value.isEmpty() && equals >= 0)
            return usageError(tr("--%1 takes no value").arg(name));
        if (!option->value.isEmpty() && equals < 0 && i + 1 == words.size())
            return usageError(tr("--%1 needs a value: --%1 %2").arg(name, option->value));
        QString value;
        if (!option->value.isEmpty())
            value = equals >= 0 ? word.mid(equals + 1) : words[++i];
        parsed.values[name] << value;
    }
    return parsed;
}

Result<std::int64_t> countOption(const ParsedOptions& given, const char* option, std::int64_t least,
                                 std::int64_t otherwise) {
    const auto text = given.value(option);
    if (!text)
        return otherwise;
    const auto count = parseInteger(text->toStdString());
    if (!count || *count < least || *count > greatestCount)
        return usageError(tr("--%1: \"%2\" is not a whole number from %3 on")
                              .arg(QString::fromLatin1(option), *text, QString::number(least)));
    return *count;
}

Result<int> jobsOption(const ParsedOptions& given) {
    const auto jobs = countOption(given, "jobs", 1, std::max(1U, std::thread::hardware_concurrency()));
    if (!jobs)
        return jobs.error();
    if (jobs.value() > mostJobs)
        return usageError(tr("--jobs: %1 are too many; the most is %2").arg(jobs.value()).arg(mostJobs));
    return static_cast<int>(jobs.value());
}

QString optionsHelp(std::span<const OptionRow> options) {
    constexpr int column = 26;
    QString help;
    for (const OptionRow& option : options) {
        const QString left = QStringLiteral("  --%1 %2").arg(option.name, option.value);
        help += left.leftJustified(column) + option.help + QLatin1Char('\n');
    }
    return help;
}

} // namespace flatline
