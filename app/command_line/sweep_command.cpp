#include "app/command_line/sweep_command.h"

#include "app/command_line/console.h"
#include "app/command_line/stop_request.h"
#include "app/command_line/sweep_inputs.h"
#include "app/command_line/sweep_origin.h"
#include "app/command_line/sweep_resume.h"
#include "app/command_line/sweep_rows.h"
#include "app/command_line/sweep_runner.h"
#include "app/files/files.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <iostream>

namespace flatline {
namespace {

constexpr int bySignal = 128; // and its number: what shells make of it

QString tr(const char* text) {
    return QCoreApplication::translate("command_line", text);
}

QString helpText() {
    return tr("Usage: flatline sweep EXPERIMENT [options]\n\n"
              "Trains the same experiment with many seeds and settings, without a window. EXPERIMENT is an experiment\n"
              "file or the id of a built-in one. For example:\n\n"
              "  flatline sweep sudden-death --seeds 1..100 --set 'training.learning_rate=0.1;0.5' --csv sweep.csv\n\n"
              "Each run is one row: the settings that have two values or more, in the order in which they are given;\n"
              "the seed; and the last row of its trace. The first setting changes slowest, the seed fastest, whatever\n"
              "the number of jobs. Networks of different depth share the header of the deepest, and cells that one\n"
              "lacks are empty.\n\n") +
           optionsHelp(sweepOptionTable()) +
           tr("\nA run that diverges is a row, too: its last finite one, at an earlier step, or one with an infinite\n"
              "loss. The summary on standard error counts them.\n"
              "Ctrl-C keeps the rows that are finished. The same command with --resume makes the others, and the file\n"
              "is then the same as without the break. Without --resume a file that is there is replaced.\n"
              "Shards need a file each; their rows together are those of the whole sweep.\n\n"
              "Exit codes: 0 done, 2 wrong usage, 3 bad input, 4 could not read or write, 130 stopped by Ctrl-C\n"
              "(143: by SIGTERM).\n");
}

bool toFile(const SweepOptions& options) {
    return options.csv != QLatin1String("-") && !isStream(options.csv);
}

/// What the file has already; nothing is changed yet.
Result<RowsDone> lookAtFile(const SweepGrid& grid, const SweepOptions& options, const std::string& header) {
    if (options.csv == QLatin1String("-"))
        return RowsDone{};
    if (const auto possible = checkWritable(options.csv); !possible)
        return possible.error();
    if (!options.resume || !QFileInfo::exists(options.csv))
        return RowsDone{};
    auto done = readRowsDone(options.csv, header, static_cast<int>(grid.axes().size()) + 1);
    if (done && done.value().size > 0)
        if (const auto same = checkSweepOrigin(grid, options); !same)
            return same.error();
    return done;
}

Result<RowFile> openFile(const SweepGrid& grid, const SweepOptions& options, const std::string& header, qint64 done) {
    auto file = done > 0 ? RowFile::extend(options.csv, done) : RowFile::replace(options.csv);
    if (!file)
        return file;
    if (toFile(options))
        if (const auto begun = beginSweepOrigin(grid, options); !begun)
            return begun.error();
    if (done == 0)
        if (const auto added = file.value().add(header); !added)
            return added.error();
    return file;
}

void say(const QString& text) {
    std::cerr << text.toStdString() << '\n';
}

void summarize(const SweepOptions& options, const SweepOutcome& outcome, std::int64_t before) {
    QString text = tr("%1 of %2 rows").arg(before + outcome.added).arg(outcome.runs);
    if (toFile(options))
        text = tr("%1: %2").arg(options.csv, text);
    if (before > 0)
        text += tr(", %1 of them from before").arg(before);
    if (outcome.diverged > 0)
        text += tr("; %1 of %2 runs diverged").arg(outcome.diverged).arg(outcome.added);
    if (!outcome.complete() && toFile(options))
        text += tr("; stopped, --resume goes on");
    else if (!outcome.complete())
        text += tr("; stopped");
    say(text);
}

int end(const SweepGrid& grid, const SweepOptions& options, const SweepOutcome& outcome, std::int64_t before) {
    const bool stopped = !outcome.complete() && !outcome.error;
    if (stopped || (!options.quiet && !outcome.error))
        summarize(options, outcome, before);
    Result<void> written;
    if (toFile(options))
        written = endSweepOrigin(grid, options, outcome.complete());
    if (outcome.error)
        return report(*outcome.error);
    if (!written)
        return report(written.error());
    return stopped ? bySignal + StopRequest::received() : 0;
}

int sweep(const SweepOptions& options) {
    const auto grid = SweepGrid::create(options);
    if (!grid)
        return report(grid.error());
    const std::string header = sweepHeader(grid.value());
    const auto done = lookAtFile(grid.value(), options, header);
    if (!done)
        return report(done.error());
    SweepInputs inputs;
    if (const auto fits = grid.value().check(inputs.functions()); !fits)
        return report(fits.error());
    const StopRequest stop;
    auto file = openFile(grid.value(), options, header, done.value().size);
    if (!file)
        return report(file.error());
    const SweepOutcome outcome = runSweep(grid.value(), options, inputs.functions(), done.value().keys, file.value());
    return end(grid.value(), options, outcome, static_cast<std::int64_t>(done.value().keys.size()));
}

} // namespace

int sweepCommand(const QStringList& words) {
    const auto given = parseOptions(words, sweepOptionTable());
    if (!given)
        return report(given.error());
    if (given.value().has("help"))
        return print(helpText()) ? 0 : static_cast<int>(ErrorKind::File);
    const auto options = readSweepOptions(given.value());
    return options ? sweep(options.value()) : report(options.error());
}

} // namespace flatline
