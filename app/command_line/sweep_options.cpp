#include "app/command_line/sweep_options.h"

#include "app/command_line/sweep_values.h"
#include "app/files/files.h"
#include "core/base/number_text.h"

#include <QCoreApplication>

namespace flatline {
namespace {

constexpr std::int64_t mostShards = 1000000000000;

QString tr(const char* text) {
    return QCoreApplication::translate("command_line", text);
}

Result<Shard> readShard(const ParsedOptions& given) {
    const auto text = given.value("shard");
    if (!text)
        return Shard{};
    const auto index = parseInteger(text->section(QLatin1Char('/'), 0, 0).toStdString());
    const auto count = parseInteger(text->section(QLatin1Char('/'), 1).toStdString());
    if (!index || !count || *index < 1 || *index > *count || *count > mostShards)
        return usageError(tr("--shard: \"%1\" is not I/N, such as 1/4 to 4/4").arg(*text));
    return Shard{*index, *count};
}

/// Where the rows go, and whether there is something to go on from.
Result<void> readCsv(const ParsedOptions& given, SweepOptions& options) {
    options.csv = given.value("csv").value_or(QStringLiteral("-"));
    options.resume = given.has("resume");
    if (options.csv.isEmpty())
        return usageError(tr("--csv needs the name of a file"));
    if (options.resume && (options.csv == QLatin1String("-") || isStream(options.csv)))
        return usageError(tr("--resume goes on with a file, which --csv F.csv names"));
    return {};
}

} // namespace

std::vector<OptionRow> sweepOptionTable() {
    return {
        {QStringLiteral("seeds"), QStringLiteral("A..B"), tr("these seeds, both ends included; or one: A")},
        {QStringLiteral("set"), QStringLiteral("PATH=V1;V2;V3"),
         tr("each of these values of a setting; repeatable: a grid. One value: for all runs")},
        {QStringLiteral("steps"), QStringLiteral("N"), tr("train N batches (default 1000)")},
        {QStringLiteral("jobs"), QStringLiteral("J"), tr("so many runs at a time (default: one a processor)")},
        {QStringLiteral("csv"), QStringLiteral("F.csv"), tr("where the rows go (default -: standard output)")},
        {QStringLiteral("shard"), QStringLiteral("I/N"), tr("only every N-th run, from the I-th, counted from 1")},
        {QStringLiteral("resume"), {}, tr("keep the rows that F.csv has, and add the others")},
        {QStringLiteral("quiet"), {}, tr("no progress bar and no summary")},
        {QStringLiteral("help"), {}, tr("this text")},
    };
}

Result<SweepOptions> readSweepOptions(const ParsedOptions& given) {
    SweepOptions options;
    if (given.positional.size() != 1)
        return usageError(tr("sweep needs one experiment: a file, or an id that `flatline list experiments` shows"));
    options.experiment = given.positional.front();
    if (const auto values = readSweepValues(given, options); !values)
        return values.error();
    const auto steps = countOption(given, "steps", 0, options.steps);
    const auto jobs = jobsOption(given);
    const auto shard = readShard(given);
    if (!steps)
        return steps.error();
    if (!jobs)
        return jobs.error();
    if (!shard)
        return shard.error();
    if (const auto csv = readCsv(given, options); !csv)
        return csv.error();
    options.steps = steps.value();
    options.jobs = jobs.value();
    options.shard = shard.value();
    options.quiet = given.has("quiet");
    return options;
}

} // namespace flatline
