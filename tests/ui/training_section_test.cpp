#include "panel_bench.h"
#include "ui/controls/section_head.h"
#include "ui/controls/value_slider.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_box.h"

#include <QApplication>
#include <QLabel>

using namespace flatline;
using test::Bench;
using test::frameOf;

class TrainingSectionTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, Appearance::Light); }
    void momentumIsOffWhereTheOptimizerHasNone();
    void whatRestartsIsMarked();
    void preluStartsAtItsAlpha();
    void theLethalRateIsShown();
    void theLethalRateIsHiddenWithThePredictions();
};

void TrainingSectionTest::momentumIsOffWhereTheOptimizerHasNone() {
    Bench bench;
    auto* momentum = bench.named<NumberBox>("Momentum");
    QVERIFY(momentum->isEnabled());
    bench.choose(bench.named<QComboBox>("Optimizer"), "adam");
    QVERIFY(bench.lastValue("training.optimizer") == SettingValue(std::string("adam")));
    bench.settings.training.optimizer = "adam";
    bench.panel.showFrame(frameOf(bench.settings));
    QVERIFY(!momentum->isEnabled());
    QVERIFY2(momentum->toolTip().contains("Adam"), qPrintable(momentum->toolTip()));
    bench.settings.training.optimizer = "sgd";
    QTRY_VERIFY((bench.panel.showFrame(frameOf(bench.settings)), momentum->isEnabled()));
}

void TrainingSectionTest::whatRestartsIsMarked() {
    // In the live section the optimizer alone starts the run anew: the sign of the other sections stands beside it.
    Bench bench;
    const QPoint place = bench.named<QComboBox>("Optimizer")->mapTo(&bench.panel, QPoint(0, 0));
    int signs = 0;
    for (const EffectSign* sign : bench.panel.findChildren<EffectSign*>()) {
        const int y = sign->mapTo(&bench.panel, QPoint(0, sign->height() / 2)).y();
        if (y > place.y() && y < place.y() + 24) {
            ++signs;
            QVERIFY(sign->toolTip().contains("anew"));
        }
    }
    QCOMPARE(signs, 1);
    QCOMPARE(findSetting("training.optimizer")->live, false);
}

void TrainingSectionTest::preluStartsAtItsAlpha() {
    Bench bench;
    bench.settings.network.activation = "prelu";
    bench.panel.showFrame(frameOf(bench.settings));
    auto* slope = bench.named<NumberBox>("Starting slope alpha");
    QVERIFY(slope->isVisible());
    QVERIFY2(slope->toolTip().contains("learnt"), qPrintable(slope->toolTip()));
    int labels = 0;
    for (const QLabel* label : bench.panel.findChildren<QLabel*>())
        labels += label->text() == QStringLiteral("Start slope α") && label->isVisible() ? 1 : 0;
    QCOMPARE(labels, 1);
}

void TrainingSectionTest::theLethalRateIsShown() {
    Bench bench;
    Frame frame = frameOf(bench.settings);
    auto analysis = std::make_shared<Analysis>();
    analysis->outlook = {{NeuronOutlook{}, {{}, {}, {}, LethalRates{7.4, 20.0}}, {{}, {}, {}, LethalRates{9.0, 9.5}}}};
    frame.analysis = analysis;
    const auto* slider = bench.named<ValueSlider>("Learning rate");
    const QImage before = bench.named<ValueSlider>("Learning rate")->grab().toImage();
    bench.panel.showFrame(frame);
    QString words;
    for (const QLabel* label : bench.panel.findChildren<QLabel*>())
        words += label->text() + '\n';
    QVERIFY2(words.contains("next step lethal from 7.4"), qPrintable(words));
    QVERIFY(const_cast<ValueSlider*>(slider)->grab().toImage() != before); // hatched from there on
    // With a neuron selected the band is its own, and ends where its lethal rates do.
    const QImage anyones = const_cast<ValueSlider*>(slider)->grab().toImage();
    const auto saysOf = [&](NeuronId id) {
        frame.selected = id;
        bench.panel.showFrame(frame);
        QString all;
        for (const QLabel* label : bench.panel.findChildren<QLabel*>())
            all += label->text() + '\n';
        return all;
    };
    QVERIFY2(saysOf({1, 3}).contains("lethal to L1·3 from 9"), qPrintable(saysOf({1, 3})));
    QVERIFY(const_cast<ValueSlider*>(slider)->grab().toImage() != anyones);
    QVERIFY(!saysOf({1, 1}).contains("lethal")); // it is immune
    bench.panel.showFrame(frameOf(bench.settings));
    QCOMPARE(const_cast<ValueSlider*>(slider)->grab().toImage(), before);
}

// Breaks where the slider gives the lethal rate away although predictions are kept back, or does not get it back.
void TrainingSectionTest::theLethalRateIsHiddenWithThePredictions() {
    Bench bench;
    Frame frame = frameOf(bench.settings);
    auto analysis = std::make_shared<Analysis>();
    analysis->outlook = {{{{}, {}, {}, LethalRates{7.4, 20.0}}}};
    frame.analysis = analysis;
    bench.panel.showFrame(frame);
    auto* slider = bench.named<ValueSlider>("Learning rate");
    const auto words = [&bench] {
        QString all;
        for (const QLabel* label : bench.panel.findChildren<QLabel*>())
            all += label->text() + '\n';
        return all;
    };
    const QImage hatched = slider->grab().toImage();
    frame.predictionsHidden = true;
    bench.panel.showFrame(frame);
    QVERIFY(!words().contains("lethal"));
    QVERIFY(slider->grab().toImage() != hatched);
    frame.predictionsHidden = false;
    bench.panel.showFrame(frame);
    QVERIFY(words().contains("lethal from 7.4"));
    QCOMPARE(slider->grab().toImage(), hatched);
}

QTEST_MAIN(TrainingSectionTest)
#include "training_section_test.moc"
