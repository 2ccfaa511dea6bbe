#include "app/command_line/sweep_values.h"

#include "core/base/number_text.h"
#include "core/settings/setting_table.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>

namespace flatline {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("command_line", text);
}

/// The value as it is written back, so that 0.1 and 0.10 are the same.
Result<std::string> plainText(const std::string& path, const QString& text) {
    Settings trial;
    if (const auto done = setSettingFromText(trial, path, text.toStdString()); !done)
        return Error{ErrorKind::Usage, "--set " + path, done.error().message};
    return settingText(findSetting(path)->get(trial));
}

Result<SweepAxis> readAxis(const QString& path, const QString& values) {
    SweepAxis axis{path.toStdString(), {}};
    for (const QString& text : values.split(QLatin1Char(';'))) {
        auto value = plainText(axis.path, text);
        if (!value)
            return value.error();
        if (std::ranges::count(axis.values, value.value()) != 0)
            return usageError(tr("--set %1: the value %2 is given twice").arg(path, text));
        axis.values.push_back(std::move(value).value());
    }
    return axis;
}

std::optional<std::int64_t> readSeed(const QString& text) {
    const SettingRow& row = *findSetting("seed");
    const auto seed = parseInteger(text.toStdString());
    if (!seed || *seed < static_cast<std::int64_t>(row.minimum) || *seed > static_cast<std::int64_t>(row.maximum))
        return std::nullopt;
    return seed;
}

Result<SeedList> readSeeds(const QString& text) {
    const qsizetype dots = text.indexOf(QLatin1String(".."));
    const auto first = readSeed(dots < 0 ? text : text.left(dots));
    const auto last = readSeed(dots < 0 ? text : text.mid(dots + 2));
    if (!first || !last || *first > *last)
        return usageError(
            tr("--seeds: \"%1\" is not A..B, two whole numbers from 0 to 9007199254740991, the smaller first")
                .arg(text));
    return SeedList{*first, *last, {}};
}

SeedList listed(const std::vector<std::string>& values) {
    SeedList seeds;
    for (const std::string& value : values)
        seeds.listed.push_back(*parseInteger(value));
    return seeds;
}

/// Each setting is given once: two lists of values for it could mean this or that.
Result<void> readSet(const QString& text, SweepOptions& options, std::set<QString>& paths) {
    const qsizetype equals = text.indexOf(QLatin1Char('='));
    if (equals <= 0)
        return usageError(tr("--set %1: PATH=VALUE is needed, such as training.learning_rate=0.1;0.5").arg(text));
    const QString path = text.left(equals);
    if (!paths.insert(path).second)
        return usageError(tr("--set %1 is given twice; all its values go into one: %1=V1;V2").arg(path));
    auto axis = readAxis(path, text.mid(equals + 1));
    if (!axis)
        return axis.error();
    SweepAxis& read = axis.value();
    if (read.values.size() == 1)
        options.changes.emplace_back(read.path, read.values.front());
    else if (read.path == "seed")
        options.seeds = listed(read.values);
    else
        options.axes.push_back(std::move(read));
    return {};
}

} // namespace

Result<void> readSweepValues(const ParsedOptions& given, SweepOptions& options) {
    std::set<QString> paths;
    for (const QString& text : given.values.value(QStringLiteral("set")))
        if (const auto read = readSet(text, options, paths); !read)
            return read;
    const auto text = given.value("seeds");
    if (!text)
        return {};
    if (paths.contains(QStringLiteral("seed")))
        return usageError(tr("--seeds and --set seed exclude each other"));
    auto seeds = readSeeds(*text);
    if (!seeds)
        return seeds.error();
    options.seeds = std::move(seeds).value();
    return {};
}

std::int64_t SeedList::count() const {
    return listed.empty() ? last - first + 1 : static_cast<std::int64_t>(listed.size());
}

std::int64_t SeedList::at(std::int64_t index) const {
    return listed.empty() ? first + index : listed[static_cast<std::size_t>(index)];
}

std::string SeedList::text() const {
    if (listed.empty())
        return toText(first) + ".." + toText(last);
    std::string text;
    for (const std::int64_t seed : listed) {
        if (!text.empty())
            text += ';';
        text += toText(seed);
    }
    return text;
}

} // namespace flatline
