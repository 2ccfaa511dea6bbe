#include "neuron_run.h"
#include "ui/fields/neuron_parameters.h"

#include <QTest>

#include <cmath>

using namespace flatline;

class NeuronParametersTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a network with learnt slopes or batch norm has its parameters read from the wrong places.
    void parametersAreReadByTheLayout_data() {
        QTest::addColumn<QString>("activation");
        QTest::addColumn<int>("norm");
        for (const char* activation : {"relu", "prelu"})
            for (const BatchNorm norm : {BatchNorm::None, BatchNorm::BeforeActivation})
                QTest::addRow("%s %d", activation, static_cast<int>(norm)) << activation << static_cast<int>(norm);
    }
    void parametersAreReadByTheLayout() {
        QFETCH(QString, activation);
        QFETCH(int, norm);
        auto run = test::neuronRun(activation.toLatin1().constData());
        run->spec->batchNorm = static_cast<BatchNorm>(norm);
        const Layout layout = layoutOf(*run->spec);
        std::vector<float> all(layout.size(), 9.0F);
        all[layout.block(2, BlockKind::Bias).at(1, 0)] = -0.25F;
        for (int column = 0; column < 4; ++column)
            all[layout.block(2, BlockKind::Weight).at(1, column)] = 0.5F;
        if (const Block* slopes = layout.find(2, BlockKind::Alpha))
            all[slopes->at(1, 0)] = 0.125F;
        run->parameters = std::make_shared<const std::vector<float>>(all);
        const auto found = neuronParameters(*run, {2, 2});
        QVERIFY(found.has_value());
        QCOMPARE(found->bias, -0.25);
        QCOMPARE(found->weightNorm, 1.0);
        QCOMPARE(found->slope.has_value(), activation == "prelu");
        if (found->slope)
            QCOMPARE(*found->slope, 0.125);
        QCOMPARE(learntSlopes(*run, 2).size(), activation == "prelu" ? std::size_t{4} : std::size_t{0});
    }

    // Breaks where a neuron that is not there, the output layer or foreign parameters are read.
    void whatIsNotThereIsNotRead() {
        auto run = test::neuronRun("prelu");
        for (const NeuronId id : {NeuronId{0, 1}, {1, 0}, {1, 5}, {3, 1}, {9, 1}})
            QVERIFY(!neuronParameters(*run, id).has_value());
        QVERIFY(learntSlopes(*run, 3).empty());
        run->parameters = std::make_shared<const std::vector<float>>(7, 0.0F);
        QVERIFY(!neuronParameters(*run, {1, 1}).has_value());
        QVERIFY(learntSlopes(*run, 1).empty());
        run->parameters = nullptr;
        QVERIFY(!neuronParameters(*run, {1, 1}).has_value());
    }
};

QTEST_GUILESS_MAIN(NeuronParametersTest)
#include "neuron_parameters_test.moc"
