#include "app/command_line/training.h"

#include "app/command_line/console.h"
#include "app/command_line/progress.h"
#include "app/files/loaders.h"
#include "core/settings/setting_table.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <cmath>

namespace flatline {
namespace {

constexpr std::size_t mostWidthsShown = 10; // more would hide the rest of the summary line

QString tr(const char* text) {
    return QCoreApplication::translate("command_line", text);
}

/// core knows the key at fault, but not the file that it stands in.
Error inExperiment(const QString& experiment, Error error) {
    if (findSetting(error.where) != nullptr || error.where.starts_with("interventions"))
        error.where = experiment.toStdString() + ": " + error.where;
    return error;
}

Result<Trainer> makeTrainer(const Settings& settings) {
    auto loaded = loadDataset(settings);
    if (!loaded)
        return loaded.error();
    const auto dataset = std::make_shared<const Dataset>(std::move(loaded).value());
    std::vector<float> start;
    if (!settings.initialization.file.empty()) {
        const auto spec = makeNetworkSpec(settings, *dataset);
        if (!spec)
            return spec.error();
        auto parameters = loadParameters(settings.initialization.file, Network<float>(spec.value()).layout());
        if (!parameters)
            return parameters.error();
        start = std::move(parameters).value();
    }
    return Trainer::create(settings, dataset, std::move(start));
}

QString networkText(const Settings& settings) {
    if (settings.network.hidden.empty())
        return tr("no hidden layer");
    const QString activation = QString::fromStdString(settings.network.activation);
    if (settings.network.hidden.size() > mostWidthsShown)
        return tr("%1 layers %2").arg(settings.network.hidden.size()).arg(activation);
    QStringList widths;
    for (const int width : settings.network.hidden)
        widths << QString::number(width);
    return widths.join(QLatin1Char('+')) + QLatin1Char(' ') + activation;
}

QString sourceText(const Settings& settings) {
    return settings.data.source == "csv" ? QFileInfo(QString::fromStdString(settings.data.file)).fileName()
                                         : QString::fromStdString(settings.data.source);
}

} // namespace

Result<Recorder> prepare(const Settings& settings, const RunOptions& options) {
    auto trainer = makeTrainer(settings);
    if (!trainer)
        return inExperiment(options.experiment, trainer.error());
    RecorderOptions recording;
    recording.every = options.every;
    return Recorder(std::move(trainer).value(), recording);
}

void train(Recorder& recorder, const RunOptions& options) {
    Progress progress(!options.quiet && errorIsTerminal());
    const Trainer& trainer = recorder.trainer();
    const std::int64_t total = options.epochs.value_or(options.steps);
    const auto done = [&] { return options.epochs ? trainer.epochsDone() : trainer.stepsDone(); };
    while (done() < total && recorder.last().finite() && recorder.step())
        progress.show(done(), total, trainer.stepsDone(), recorder.last().trainLoss);
    recorder.finish();
}

QString summary(const Snapshot& snapshot) {
    const Observation& now = snapshot.now;
    const Settings& settings = snapshot.settings;
    const auto loss = [](double value) { return std::isnan(value) ? tr("inf") : QString::number(value, 'g', 3); };
    QString text = tr("%1, %2, seed %3: %4 steps, train loss %5")
                       .arg(sourceText(settings), networkText(settings), QString::number(settings.seed),
                            QString::number(now.step), loss(now.trainLoss));
    if (now.testLoss)
        text += tr(", test loss %1").arg(loss(*now.testLoss));
    text += tr(", %1 of %2 dead").arg(now.dead()).arg(now.neurons());
    return snapshot.state == RunState::Diverged ? text + tr(", diverged") : text;
}

} // namespace flatline
