#include "core/base/random.h"
#include "core/network/initialization.h"
#include "core/training/trainer.h"
#include "tests/core/reference_rules.h"
#include "tests/core/test_size.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace flatline;

namespace {

/// Two clouds in four features, as classes and as values.
std::shared_ptr<const Dataset> clouds(int samples, Task task) {
    auto data = std::make_shared<Dataset>();
    RandomStream stream(51, StreamId::Data);
    data->name = "clouds";
    data->task = task;
    data->featureNames = {"x1", "x2", "x3", "x4"};
    if (task == Task::Classification)
        data->classNames = {"a", "b"};
    data->train.features.resize(samples, 4);
    data->train.targets.values.resize(task == Task::Regression ? samples : 0, 2);
    for (int i = 0; i < samples; ++i) {
        const int label = i % 2;
        for (int j = 0; j < 4; ++j)
            data->train.features(i, j) = static_cast<float>(stream.normal() + (label == j % 2 ? 0.7 : -0.7));
        if (task == Task::Classification)
            data->train.targets.labels.push_back(label);
        else
            data->train.targets.values.row(i) << std::sin(data->train.features(i, 0)), data->train.features(i, 1);
        data->train.sources.push_back(i);
    }
    return data;
}

/// The same training in double, batch after batch in the set's order.
class DoubleTraining {
public:
    DoubleTraining(const Settings& settings, const Dataset& dataset, const std::vector<float>& start)
        : m_settings(settings)
        , m_network(makeNetworkSpec(settings, dataset).value())
        , m_features(dataset.train.features.cast<double>())
        , m_targets{dataset.train.targets.labels, dataset.train.targets.values.cast<double>()}
        , m_parameters(start.begin(), start.end())
        , m_memory(start.size()) {}

    void step() {
        const Eigen::Index count =
            std::min<Eigen::Index>(m_settings.training.batchSize, m_features.rows() - m_position);
        const Batch<double> features = m_features.middleRows(m_position, count);
        Targets<double> targets;
        if (m_targets.values.size() > 0)
            targets.values = m_targets.values.middleRows(m_position, count);
        if (!m_targets.labels.empty())
            targets.labels.assign(m_targets.labels.begin() + m_position, m_targets.labels.begin() + m_position + count);
        m_position = (m_position + count) % m_features.rows();
        Pass<double> pass;
        std::vector<double> gradient(m_parameters.size(), 0.0);
        m_network.forward(m_parameters.data(), features, pass, PassMode::Training);
        (void)m_network.spec().objective->twice.loss(pass.outputs, targets, 1.0 / static_cast<double>(count),
                                                     &pass.outputGradient);
        m_network.backward(m_parameters.data(), features, pass, gradient.data());
        for (const Block& block : m_network.layout().blocks())
            for (std::size_t i = block.offset; isLearnt(block.kind) && i < block.offset + block.size(); ++i)
                m_parameters[i] = reference::update(m_settings.training, decayOf(m_settings.training, block.kind),
                                                    m_parameters[i], gradient[i], m_memory[i]);
        m_network.updateRunningFigures(pass, m_parameters.data());
    }

    [[nodiscard]] double loss() const {
        Pass<double> pass;
        m_network.forward(m_parameters.data(), m_features, pass);
        return m_network.spec().objective->twice.loss(pass.outputs, m_targets, 1.0, nullptr).mean(m_features.rows());
    }
    [[nodiscard]] const std::vector<double>& parameters() const { return m_parameters; }

private:
    Settings m_settings;
    Network<double> m_network;
    Batch<double> m_features;
    Targets<double> m_targets;
    std::vector<double> m_parameters;
    std::vector<reference::Memory> m_memory;
    Eigen::Index m_position = 0;
};

struct Shape {
    std::vector<int> hidden;
    int batch;
    double momentum;
    double weightDecay;
    double biasDecay;
};

/// Full batches, a ragged last one, all at once; shallow and deep, with and without decay and momentum.
const std::vector<Shape> shapes{{{8, 8}, 20, 0.0, 0.0, 0.0},
                                {{16, 12, 8, 8}, 32, 0.9, 0.01, 0.05},
                                {{8, 8, 8}, 23, 0.5, 0.1, 0.0},
                                {{24}, 1000, 0.5, 0.0, 0.0}};

/// Rates at which training is not chaotic: there no precision would do.
double rateOf(std::string_view optimizer, double momentum) {
    if (optimizer == "adam")
        return 0.005;
    return optimizer == "rmsprop" ? 0.001 : 0.02 * (1.0 - momentum);
}

struct Agreement {
    double early = 0.0;      ///< largest relative error of the loss up to step 49
    double late = 0.0;       ///< from step 50 on
    double parameters = 0.0; ///< largest absolute error at the end
};

Agreement compare(const Settings& settings, const std::shared_ptr<const Dataset>& data, int steps) {
    Result<Trainer> made = Trainer::create(settings, data);
    Trainer& trainer = made.value();
    DoubleTraining twin(settings, *data, trainer.parameters());
    Agreement result;
    for (int step = 0; step <= steps; ++step) {
        double& worst = step < 50 ? result.early : result.late;
        const double error = std::abs(trainer.observe().trainLoss / twin.loss() - 1.0);
        worst = std::isfinite(error) ? std::max(worst, error) : HUGE_VAL;
        if (step == steps || !trainer.step())
            break;
        twin.step();
    }
    for (std::size_t i = 0; i < twin.parameters().size(); ++i)
        result.parameters =
            std::max(result.parameters, std::abs(twin.parameters()[i] - static_cast<double>(trainer.parameters()[i])));
    return trainer.divergence() ? Agreement{HUGE_VAL, HUGE_VAL, HUGE_VAL} : result;
}

} // namespace

/// The whole of training against the same in double precision, with the rules of reference_rules.h: what single
/// precision costs. Asked for is 1e-4 up to step 49, then 1e-3, and 1e-3 for the parameters.
class PrecisionTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where rounding grows into another run: with batch norm, Adam and RMSprop would make whole steps of a
    // gradient that is exactly 0 but for rounding. Every activation, output, optimizer and place of batch norm, each
    // with one of the shapes in turn (FLATLINE_FULL=1: with all of them).
    void singleAgreesWithDouble_data() {
        QTest::addColumn<QString>("activation");
        for (const ActivationRow& row : activationTable())
            QTest::newRow(row.id) << row.id;
    }
    void singleAgreesWithDouble() {
        QFETCH(QString, activation);
        const auto classes = clouds(120, Task::Classification);
        const auto values = clouds(120, Task::Regression);
        std::size_t turn = activation.toStdString().size();
        for (const char* output : {"softmax", "sigmoid", "linear"})
            for (const OptimizerRow& optimizer : optimizerTable())
                for (const BatchNormRow& norm : batchNormTable()) {
                    ++turn;
                    for (std::size_t i = 0; i < (fixtures::full() ? shapes.size() : 1); ++i)
                        check(activation.toStdString(), output, optimizer, norm, shapes[(turn + i) % shapes.size()],
                              std::string_view(output) == "linear" ? values : classes);
                }
    }

    // Breaks where relu-normalized's gradient is not that of its loss in training: a slow run far from its poles.
    void reluNormalizedAgreesWhileAllIsFinite() {
        Settings settings;
        settings.network.hidden = {8, 8};
        settings.network.output = "relu-normalized";
        settings.initialization.bias = 3.0;
        settings.training = {"sgd", 0.002, 0.0, 20, false, 0.0, 0.0};
        const Agreement agreement = compare(settings, clouds(120, Task::Classification), 100);
        QVERIFY2(agreement.early < 1e-5 && agreement.late < 1e-5 && agreement.parameters < 1e-5,
                 qPrintable(QString("%1 %2 %3").arg(agreement.early).arg(agreement.late).arg(agreement.parameters)));
    }

private:
    static void check(const std::string& activation, const char* output, const OptimizerRow& optimizer,
                      const BatchNormRow& norm, const Shape& shape, const std::shared_ptr<const Dataset>& data) {
        Settings settings;
        settings.network.hidden = shape.hidden;
        settings.network.activation = activation;
        settings.network.batchNorm = norm.id;
        settings.network.output = output;
        settings.initialization.bias = 0.1;
        settings.training = {optimizer.id,
                             rateOf(optimizer.id, shape.momentum),
                             optimizer.hasMomentum ? shape.momentum : 0.0,
                             shape.batch,
                             false,
                             shape.weightDecay,
                             shape.biasDecay};
        const Agreement agreement = compare(settings, data, fixtures::size(100, 20, 100));
        QVERIFY2(agreement.early < 3e-5 && agreement.late < 1e-3 && agreement.parameters < 1e-3,
                 qPrintable(QString("%1, %2, batch norm %3, %4 layers: %5 %6 %7")
                                .arg(output, optimizer.id, norm.id)
                                .arg(shape.hidden.size())
                                .arg(agreement.early)
                                .arg(agreement.late)
                                .arg(agreement.parameters)));
    }
};

QTEST_GUILESS_MAIN(PrecisionTest)
#include "precision_test.moc"
