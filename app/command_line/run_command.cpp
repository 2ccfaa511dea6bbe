#include "app/command_line/run_command.h"

#include "app/command_line/console.h"
#include "app/command_line/screenshot.h"
#include "app/command_line/training.h"
#include "app/files/files.h"
#include "core/training/overflow.h"

#include <QCoreApplication>
#include <QDir>

#include <sstream>

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

Result<void> writeSharpnessFile(const QString& path, const Snapshot& snapshot, std::span<const SharpnessRow> rows) {
    std::ostringstream out;
    out.imbue(std::locale::classic());
    writeSharpness(out, rows);
    return writeWithProvenance(path, QByteArray::fromStdString(std::move(out).str()), snapshot);
}

/// All that can be written is written; the first error counts. The window shows its own landscape, however that of the
/// file is cut.
Result<void> writeOutputs(const RunOptions& options, const Snapshot& snapshot,
                          std::span<const SharpnessRow> sharpness) {
    std::shared_ptr<const Surface> surface;
    LandscapeView shown;
    Result<void> first;
    const auto note = [&first](const Result<void>& written) {
        if (!written && first)
            first = written;
    };
    for (const Output& output : options.outputs) {
        const LandscapeView view = output.kind == nullptr ? LandscapeView() : options.landscape;
        if ((output.kind == nullptr || output.kind->needsSurface) && (!surface || view != shown)) {
            surface = std::make_shared<const Surface>(surfaceOf(snapshot, view));
            shown = view;
        }
        note(writeOutput(output, snapshot, surface));
    }
    if (!options.sharpness.isEmpty())
        note(writeSharpnessFile(options.sharpness, snapshot, sharpness));
    return first;
}

Result<void> checkOutputs(const RunOptions& options) {
    if (!options.folder.isEmpty() && !QDir().mkpath(options.folder))
        return fileError(options.folder, FLATLINE_TEXT("the folder cannot be made"));
    for (const Output& output : options.outputs)
        if (const auto possible = checkWritable(output.path); !possible)
            return possible;
    return options.sharpness.isEmpty() ? Result<void>() : checkWritable(options.sharpness);
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
    if (!fits(options.landscape.choice, recorder.value().trainer().network().spec()))
        return report(usageError(tr("--plane %1: the network has no such neuron")
                                     .arg(QString::fromStdString(planeText(options.landscape.choice)))));
    const auto sharpness = train(recorder.value(), options);
    const Snapshot snapshot = finished(recorder.value(), options);
    const auto written = writeOutputs(options, snapshot, sharpness);
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
