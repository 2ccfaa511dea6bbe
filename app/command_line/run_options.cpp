#include "app/command_line/run_options.h"

#include "core/base/number_text.h"
#include "core/settings/setting_table.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>

namespace flatline {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("command_line", text);
}

Result<SettingTexts> readChanges(const ParsedOptions& given) {
    SettingTexts changes;
    for (const QString& text : given.values.value(QStringLiteral("set"))) {
        const qsizetype equals = text.indexOf(QLatin1Char('='));
        if (equals <= 0)
            return usageError(tr("--set %1: PATH=VALUE is needed, such as training.learning_rate=0.5").arg(text));
        changes.emplace_back(text.left(equals).toStdString(), text.mid(equals + 1).toStdString());
    }
    if (const auto seed = given.value("seed")) {
        Settings trial;
        if (const auto done = setSettingFromText(trial, "seed", seed->toStdString()); !done)
            return Error{ErrorKind::Usage, "--seed", done.error().message};
        changes.emplace_back("seed", seed->toStdString());
    }
    return changes;
}

/// A file named by an option goes there; the others go into the folder of --out, where there is one.
Result<std::vector<Output>> readOutputs(const ParsedOptions& given) {
    const auto folder = given.value("out");
    if (folder && folder->isEmpty())
        return usageError(tr("--out needs the name of a folder"));
    std::vector<Output> outputs;
    const auto add = [&](const ExportRow* kind, const char* option, const QString& fileName) {
        if (const auto path = given.value(option))
            outputs.push_back({kind, *path});
        else if (folder)
            outputs.push_back({kind, QDir(*folder).filePath(fileName)});
    };
    for (const ExportRow& row : exportTable())
        add(&row, row.id, row.fileName());
    add(nullptr, "screenshot", QStringLiteral("screenshot.png"));
    return outputs;
}

Result<void> checkPlaces(const RunOptions& options, bool sharpness) {
    QStringList paths;
    for (const Output& output : options.outputs)
        paths << output.path;
    if (sharpness)
        paths << options.sharpness;
    QStringList places;
    for (const QString& path : paths) {
        const QString place = QDir::cleanPath(QDir::current().absoluteFilePath(path));
        if (path.isEmpty() || places.contains(place))
            return usageError(tr("\"%1\": each output needs a file of its own").arg(path));
        places << place;
    }
    return {};
}

/// How the landscape is cut, for somebody who asked for one.
Result<LandscapeView> readLandscape(const ParsedOptions& given, const std::vector<Output>& outputs) {
    const bool wanted =
        std::ranges::any_of(outputs, [](const Output& one) { return one.kind != nullptr && one.kind->needsSurface; });
    for (const OptionRow& row : landscapeOptionTable())
        if (!wanted && given.values.contains(row.name))
            return usageError(tr("--%1 is about the landscape: --landscape or --out is needed, too").arg(row.name));
    return readLandscapeOptions(given);
}

} // namespace

bool RunOptions::wantsScreenshot() const {
    return std::ranges::any_of(outputs, [](const Output& output) { return output.kind == nullptr; });
}

std::vector<OptionRow> runOptionTable() {
    std::vector<OptionRow> rows{
        {QStringLiteral("steps"), QStringLiteral("N"), tr("train N batches (default 1000)")},
        {QStringLiteral("epochs"), QStringLiteral("N"), tr("train N times through the training set instead")},
        {QStringLiteral("seed"), QStringLiteral("S"), tr("another seed")},
        {QStringLiteral("set"), QStringLiteral("PATH=VALUE"),
         tr("another setting, such as network.hidden=8,8; repeatable")},
        {QStringLiteral("every"), QStringLiteral("K"), tr("one trace row each K steps (default 10)")},
    };
    for (const ExportRow& row : exportTable())
        rows.push_back(
            {QString::fromLatin1(row.id), QStringLiteral("F.csv"), QCoreApplication::translate("exports", row.label)});
    rows.push_back({QStringLiteral("screenshot"), QStringLiteral("F.png"), tr("the main window; needs no display")});
    rows.push_back(
        {QStringLiteral("out"), QStringLiteral("DIR"), tr("all of these files, as DIR/trace.csv and so on")});
    rows.push_back({QStringLiteral("sharpness"), QStringLiteral("F.csv"),
                    tr("the Hessian's largest eigenvalue at each trace row; not in --out, since it takes its time")});
    for (OptionRow& row : landscapeOptionTable())
        rows.push_back(std::move(row));
    rows.push_back({QStringLiteral("quiet"), {}, tr("no progress bar")});
    rows.push_back({QStringLiteral("help"), {}, tr("this text")});
    return rows;
}

Result<RunOptions> readRunOptions(const ParsedOptions& given) {
    RunOptions options;
    if (given.positional.size() != 1)
        return usageError(tr("run needs one experiment: a file, or an id that `flatline list experiments` shows"));
    options.experiment = given.positional.front();
    if (given.has("steps") && given.has("epochs"))
        return usageError(tr("--steps and --epochs exclude each other"));
    const auto steps = countOption(given, "steps", 0, options.steps);
    const auto epochs = countOption(given, "epochs", 0, 0);
    const auto every = countOption(given, "every", 1, options.every);
    auto changes = readChanges(given);
    auto outputs = readOutputs(given);
    for (const auto* count : {&steps, &epochs, &every})
        if (!*count)
            return count->error();
    if (!changes)
        return changes.error();
    if (!outputs)
        return outputs.error();
    options.steps = steps.value();
    if (given.has("epochs"))
        options.epochs = epochs.value();
    options.every = every.value();
    options.changes = std::move(changes).value();
    options.outputs = std::move(outputs).value();
    options.sharpness = given.value("sharpness").value_or(QString());
    if (const auto distinct = checkPlaces(options, given.has("sharpness")); !distinct)
        return distinct.error();
    const auto landscape = readLandscape(given, options.outputs);
    if (!landscape)
        return landscape.error();
    options.landscape = landscape.value();
    options.folder = given.value("out").value_or(QString());
    options.quiet = given.has("quiet");
    return options;
}

} // namespace flatline
