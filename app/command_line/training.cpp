#include "app/command_line/training.h"

#include "app/command_line/console.h"
#include "app/command_line/progress.h"
#include "app/command_line/sharpness_log.h"
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

Result<std::shared_ptr<const Dataset>> loadShared(const Settings& settings) {
    auto dataset = loadDataset(settings);
    if (!dataset)
        return dataset.error();
    return std::make_shared<const Dataset>(std::move(dataset).value());
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

Error inExperiment(const QString& experiment, Error error) {
    if (findSetting(error.where) != nullptr || error.where.starts_with("interventions"))
        error.where = experiment.toStdString() + ": " + error.where;
    return error;
}

Result<RunStart> loadStart(const Settings& settings, const RunInputs& inputs) {
    auto dataset = inputs.dataset(settings);
    if (!dataset)
        return dataset.error();
    RunStart start{std::move(dataset).value(), {}};
    const auto spec = makeNetworkSpec(settings, *start.dataset);
    if (!spec)
        return spec.error();
    if (settings.initialization.file.empty())
        return start;
    auto parameters = inputs.parameters(settings.initialization.file, Network<float>(spec.value()).layout());
    if (!parameters)
        return parameters.error();
    start.parameters = std::move(parameters).value();
    return start;
}

Result<Recorder> prepare(const Settings& settings, const RunOptions& options) {
    auto start = loadStart(settings, {loadShared, loadParameters});
    if (!start)
        return inExperiment(options.experiment, start.error());
    auto trainer = Trainer::create(settings, start.value().dataset, std::move(start.value().parameters));
    if (!trainer)
        return inExperiment(options.experiment, trainer.error());
    RecorderOptions recording;
    recording.every = options.every;
    return Recorder(std::move(trainer).value(), recording);
}

std::vector<SharpnessRow> train(Recorder& recorder, const RunOptions& options) {
    SharpnessLog sharpness;
    const auto look = [&] {
        if (!options.sharpness.isEmpty())
            sharpness.look(recorder);
    };
    Progress progress(!options.quiet && errorIsTerminal());
    const Trainer& trainer = recorder.trainer();
    const std::int64_t total = options.epochs.value_or(options.steps);
    const auto done = [&] { return options.epochs ? trainer.epochsDone() : trainer.stepsDone(); };
    look();
    while (done() < total && recorder.last().finite() && recorder.step()) {
        progress.show(done(), total, trainer.stepsDone(), recorder.last().trainLoss);
        look();
    }
    recorder.finish();
    look();
    return sharpness.rows();
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
