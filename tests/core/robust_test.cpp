#include "core/export/csv_files.h"
#include "core/training/overflow.h"
#include "tests/core/fixtures.h"
#include "tests/core/random_experiment.h"
#include "tests/core/test_size.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>

using namespace flatline;
using fixtures::ExperimentMaker;
using fixtures::RandomExperiment;

namespace {

struct Unlabelled : std::runtime_error {
    using std::runtime_error::runtime_error;
};

void require(bool holds, const std::string& what) {
    if (!holds)
        throw Unlabelled(what);
}

bool finite(std::span<const float> values) {
    return std::ranges::all_of(values, [](float value) { return std::isfinite(value); });
}

/// The experiment as it can be trained: an output that does not fit the data is left out, a test set that would leave
/// nothing to train on, too. What the loader refuses has no data.
std::shared_ptr<const Dataset> loadFitting(RandomExperiment& experiment) {
    Settings& settings = experiment.settings;
    const auto text = [&](const std::string& name, bool builtIn) {
        return builtIn ? fixtures::loadText(name, true) : Result<std::string>(experiment.csv);
    };
    Result<Dataset> made = makeDataset(settings, text);
    if (!made) {
        require(made.error().kind == ErrorKind::BadInput && !made.error().message.text.empty(),
                "refused without a word");
        settings.data.testFraction = 0.0;
        made = makeDataset(settings, text);
    }
    if (made && !makeNetworkSpec(settings, made.value())) {
        settings.network.output.clear();
        made = makeDataset(settings, text);
    }
    return made ? std::make_shared<const Dataset>(std::move(made).value()) : nullptr;
}

/// As the command line trains, and now and then with a hand on the controls.
Snapshot train(const RandomExperiment& experiment, Recorder& recorder) {
    const Trainer& trainer = recorder.trainer();
    auto next = experiment.byHand.begin();
    while (trainer.stepsDone() < experiment.steps && recorder.last().finite()) {
        for (; next != experiment.byHand.end() && next->step <= trainer.stepsDone(); ++next)
            require(recorder.act(next->action).ok(), "an intervention that was checked is refused");
        if (!recorder.last().finite() || !recorder.step())
            break;
    }
    recorder.finish();
    Snapshot snapshot = recorder.snapshot(true);
    markOverflow(trainer, snapshot);
    return snapshot;
}

/// "... diverged at step S: ... of layer L ...", in the error and in the events.
void checkLabel(const Snapshot& snapshot, const Layout& layout) {
    const Error& error = *snapshot.error;
    require(error.kind == ErrorKind::Diverged, "an error that is no divergence: " + error.english());
    require(error.message.arguments.size() == 3, "a divergence without step and layer");
    const auto step = parseInteger(error.message.arguments[0]);
    const auto layer = parseInteger(error.message.arguments[2]);
    require(step && (*step == snapshot.now.step || *step == snapshot.now.step + 1), "another step: " + error.english());
    require(layer && *layer >= 1 && *layer <= layout.layers(), "no such layer: " + error.english());
    const Event& event = snapshot.events[snapshot.events.size() - 1];
    require(event.kind == EventKind::Diverged && event.layer == *layer && event.step == *step,
            "the event says another");
}

void checkCertificates(const EventLog& events) {
    for (std::size_t i = 0; i < events.size(); ++i)
        if (const auto& certificate = events[i].certificate)
            require(std::isfinite(certificate->marginBefore) && std::isfinite(certificate->marginAfter) &&
                        std::isfinite(certificate->contributions.sum()) && std::isfinite(certificate->worstGradient),
                    "a certificate that is not finite: " + events[i].detail);
}

/// Nothing that a reader of the files or the window sees is a NaN or an infinity, but for counted infinite losses.
void checkFinite(const Snapshot& snapshot, const Layout& layout) {
    for (const auto& row : snapshot.rows)
        require(row->finite() && std::isfinite(row->outputRange), "a row at step " + std::to_string(row->step));
    for (const LayerDiagnosis& layer : snapshot.diagnosis->layers) {
        require(layer.preActivations.nonFinite + layer.activations.nonFinite == 0 && std::isfinite(layer.gradientNorm),
                "a histogram");
        for (const NeuronDiagnosis& neuron : layer.neurons)
            require(std::isfinite(neuron.margin) && std::isfinite(neuron.minimum) && std::isfinite(neuron.dormancy),
                    "a neuron's figures");
    }
    checkCertificates(snapshot.events);
    std::ostringstream files;
    writeTrace(files, static_cast<int>(snapshot.diagnosis->layers.size()), snapshot.rows);
    writeEvents(files, snapshot.events);
    writeParameters(files, layout, *snapshot.parameters);
    writePredictions(files, Network<float>(*snapshot.spec), *snapshot.parameters, *snapshot.dataset);
    for (const char* cell : {",nan", ",-nan"})
        require(files.str().find(cell) == std::string::npos, "a file has a NaN");
}

enum class End { Done, Diverged, Refused };

End run(std::uint32_t number, double work) {
    ExperimentMaker maker(number, work);
    RandomExperiment experiment = maker.make();
    const auto data = loadFitting(experiment);
    if (data == nullptr)
        return End::Refused;
    if (maker.chance(0.1))
        experiment.start = maker.hostileStart(layoutOf(makeNetworkSpec(experiment.settings, *data).value()).size());
    Result<Trainer> trainer = Trainer::create(experiment.settings, data, experiment.start);
    require(trainer.ok(), "the trainer refuses what fits");
    Recorder recorder(std::move(trainer).value(), {.every = experiment.every});
    const Snapshot snapshot = train(experiment, recorder);
    const Layout& layout = recorder.trainer().network().layout();
    require(finite(*snapshot.parameters), "a parameter is not finite");
    if (snapshot.error) {
        checkLabel(snapshot, layout);
        return End::Diverged;
    }
    require(recorder.trainer().stepsDone() == experiment.steps, "it stopped before its end");
    checkFinite(snapshot, layout);
    return End::Done;
}

} // namespace

class RobustTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where any experiment ends otherwise than done, with every number finite, or as a divergence that names its
    // step and layer. Experiments 0, 1, ... over the whole range of every setting, hostile ones included: rates to 100,
    // gains to 1000, alpha 0 and negative, constant, tiny and huge features, one sample, one class, 100 layers, batches
    // larger than the data, offsets to 1000, all optimizers, outputs, batch norms and interventions, by plan and by
    // hand. FLATLINE_FULL=1: 10,000 of them; FLATLINE_FIRST=N begins with another one.
    void everyExperimentEndsDoneOrLabelled() {
        const int count = fixtures::size(500, 150, 10000);
        const double work = fixtures::full() ? 3e7 : 3e6;
        const auto first = static_cast<std::uint32_t>(qEnvironmentVariableIntValue("FLATLINE_FIRST"));
        std::map<End, int> ends;
        int bad = 0;
        QElapsedTimer clock;
        clock.start();
        qint64 slowest = 0;
        for (std::uint32_t number = first; number < first + static_cast<std::uint32_t>(count); ++number) {
            const qint64 begin = clock.elapsed();
            try {
                ++ends[run(number, work)];
            } catch (const Unlabelled& problem) {
                ++bad;
                qWarning("experiment %u: %s", number, problem.what());
            }
            slowest = std::max(slowest, clock.elapsed() - begin);
        }
        qInfo("%d done, %d diverged, %d refused by the loader; %g s, the slowest %g s", ends[End::Done],
              ends[End::Diverged], ends[End::Refused], static_cast<double>(clock.elapsed()) / 1000.0,
              static_cast<double>(slowest) / 1000.0);
        QCOMPARE(bad, 0);
        QVERIFY(ends[End::Done] * 4 > count && ends[End::Diverged] * 20 > count && ends[End::Refused] * 20 < count);
        QVERIFY(slowest < 60000);
    }
};

QTEST_GUILESS_MAIN(RobustTest)
#include "robust_test.moc"
