#include "app/command_line/verify_options.h"

#include "app/lessons/built_in_lessons.h"

#include <QCoreApplication>

namespace flatline {
namespace {

constexpr std::int64_t mostSeeds = 1000000;

QString tr(const char* text) {
    return QCoreApplication::translate("command_line", text);
}

} // namespace

std::vector<OptionRow> verifyOptionTable() {
    return {
        {QStringLiteral("seeds"), QStringLiteral("N"), tr("over the seeds 1 to N (default 100)")},
        {QStringLiteral("jobs"), QStringLiteral("J"), tr("so many at a time (default: one a processor)")},
        {QStringLiteral("csv"), QStringLiteral("F.csv"), tr("the figures as a file too, a row a claim")},
        {QStringLiteral("quiet"), {}, tr("no progress bar, and of the table only what did not hold")},
        {QStringLiteral("help"), {}, tr("this text")},
    };
}

Result<VerifyOptions> readVerifyOptions(const ParsedOptions& given) {
    VerifyOptions options;
    options.lessons = given.positional.isEmpty() ? lessonIds() : given.positional;
    const auto seeds = countOption(given, "seeds", 1, options.seeds);
    const auto jobs = jobsOption(given);
    if (!seeds)
        return seeds.error();
    if (!jobs)
        return jobs.error();
    if (seeds.value() > mostSeeds)
        return usageError(tr("--seeds: %1 are too many; the most is %2").arg(seeds.value()).arg(mostSeeds));
    options.seeds = static_cast<int>(seeds.value());
    options.jobs = jobs.value();
    if (given.has("csv")) {
        options.csv = given.value("csv").value_or(QString());
        if (options.csv.isEmpty())
            return usageError(tr("--csv needs the name of a file"));
    }
    options.quiet = given.has("quiet");
    return options;
}

} // namespace flatline
