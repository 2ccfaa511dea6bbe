#include "app/command_line/run_command.h"

#include "app/command_line/console.h"
#include "app/command_line/screenshot.h"
#include "app/command_line/training.h"
#include "app/files/files.h"
#include "core/training/overflow.h"

#include <QCoreApplication>
#include <QDir>

namespace flatline {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("command_line", text);
}

QString helpText() {
    return tr("Usage: flatline run EXPERIMENT [options]\n\n"
              "Trains without a window. EXPERIMENT is an experiment file or the id of a built-in one.\n"
              "Standard output ends with one summary line.\n\n") +
           optionsHelp(runOptionTable()) +
           tr("\nExit codes: 0 done, 2 wrong usage, 3 bad input, 4 could not read or write, 5 the training diverged\n"
              "(what there was up to the last finite state is still written).\n");
}

Result<void> writeOutput(const Output& output, const Snapshot& snapshot,
                         const std::shared_ptr<const Surface>& surface) {
    if (output.kind != nullptr)
        return exportRun(*output.kind, output.path, snapshot, surface.get());
    return writeWithProvenance(output.path, windowPicture(snapshot, surface), snapshot);
}

/// All that can be written is written; the first error counts.
Result<void> writeOutputs(const RunOptions& options, const Snapshot& snapshot) {
    std::shared_ptr<const Surface> surface;
    Result<void> first;
    for (const Output& output : options.outputs) {
        if (!surface && (output.kind == nullptr || output.kind->needsSurface))
            surface = std::make_shared<const Surface>(surfaceOf(snapshot));
        if (const auto written = writeOutput(output, snapshot, surface); !written && first)
            first = written;
    }
    return first;
}

Result<void> checkOutputs(const RunOptions& options) {
    if (!options.folder.isEmpty() && !QDir().mkpath(options.folder))
        return fileError(options.folder, FLATLINE_TEXT("the folder cannot be made"));
    for (const Output& output : options.outputs)
        if (const auto possible = checkWritable(output.path); !possible)
            return possible;
    return {};
}

Snapshot finished(Recorder& recorder, const RunOptions& options) {
    Snapshot snapshot = recorder.snapshot(options.wantsScreenshot());
    snapshot.version = 1;
    snapshot.run = 1;
    markOverflow(recorder.trainer(), snapshot);
    snapshot.state = snapshot.error ? RunState::Diverged : RunState::Paused;
    return snapshot;
}

int run(const RunOptions& options) {
    const auto settings = openExperiment(options.experiment, options.changes);
    if (!settings)
        return report(settings.error());
    // Before the training: nobody wants to hear of it afterwards.
    if (const auto possible = checkOutputs(options); !possible)
        return report(possible.error());
    auto recorder = prepare(settings.value(), options);
    if (!recorder)
        return report(recorder.error());
    train(recorder.value(), options);
    const Snapshot snapshot = finished(recorder.value(), options);
    const auto written = writeOutputs(options, snapshot);
    const bool printed = print(summary(snapshot) + QLatin1Char('\n'));
    if (!written)
        return report(written.error());
    if (!printed)
        return report(fileError(tr("standard output"), FLATLINE_TEXT("cannot be written")));
    return snapshot.error ? report(*snapshot.error) : 0;
}

} // namespace

int runCommand(const QStringList& words) {
    const auto given = parseOptions(words, runOptionTable());
    if (!given)
        return report(given.error());
    if (given.value().has("help"))
        return print(helpText()) ? 0 : static_cast<int>(ErrorKind::File);
    const auto options = readRunOptions(given.value());
    return options ? run(options.value()) : report(options.error());
}

} // namespace flatline
