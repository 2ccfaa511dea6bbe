#include "panel_bench.h"
#include "ui/controls/section_head.h"
#include "ui/controls/value_slider.h"
#include "ui/controls/widths_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_box.h"

#include <QAbstractItemView>
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>

using namespace flatline;
using test::Bench;
using test::frameOf;

class ControlsTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, Appearance::Light); }
    void widthsAreReadAsTyped_data();
    void widthsAreReadAsTyped();
    void numberBoxReadsWhatPeopleType_data();
    void numberBoxReadsWhatPeopleType();
    void numberBoxStepsThroughDecades();
    void aWrongNumberStaysAndIsExplained();
    void sliderIsLogarithmic();
    void typedRateIsWished();
    void undoAfterEnterIsTheWindows();
    void refreshEmitsNothingAndLeavesTypingAlone();
    void aWishUnderWayIsNotTakenBack();
    void aRefusedWishIsTakenBack();
    void wrongLayersAreExplainedAndKept();
    void layersAreAddedAndRemoved();
    void activationResetsAlpha();
    void biasDecayRemembersItsLambda();
    void generatedDataHaveSamplesFilesHaveTargets();
    void everyControlHasNameAndTooltip();
    void everyControlIsReachedByTab();
    void helpSaysARangeOnce();
};

void ControlsTest::widthsAreReadAsTyped_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown"); // what is understood; "!" for a problem
    QTest::newRow("plain") << "8, 8"
                           << "8, 8";
    QTest::newRow("blanks") << "  4 2 "
                            << "4, 2";
    QTest::newRow("semicolons") << "4;2;3"
                                << "4, 2, 3";
    QTest::newRow("none") << ""
                          << "";
    QTest::newRow("letter") << "8,,x"
                            << "!";
    QTest::newRow("double comma") << "8,,8"
                                  << "!";
    QTest::newRow("zero") << "8, 0"
                          << "!";
    QTest::newRow("too wide") << "513"
                              << "!";
    QTest::newRow("fraction") << "8.5"
                              << "!";
    QTest::newRow("too deep") << QString("2 ").repeated(101) << "!";
}

void ControlsTest::widthsAreReadAsTyped() {
    QFETCH(QString, text);
    QFETCH(QString, shown);
    const WidthsReading reading = readWidths(text, 100, 512);
    QCOMPARE(reading.problem.isEmpty() ? widthsText(reading.widths) : QStringLiteral("!"), shown);
}

void ControlsTest::numberBoxReadsWhatPeopleType_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("value");
    QTest::newRow("decimal") << "0.25" << 0.25;
    QTest::newRow("exponent") << "1e-5" << 1e-5;
    QTest::newRow("small") << "0.00001" << 1e-5;
    QTest::newRow("bound") << "100" << 100.0;
}

void ControlsTest::numberBoxReadsWhatPeopleType() {
    QFETCH(QString, text);
    QFETCH(double, value);
    NumberBox box({0.0, 100.0, NumberBox::Steps::Decades, 0.0});
    QSignalSpy wishes(&box, &NumberBox::numberWished);
    box.show();
    box.selectAll();
    QTest::keyClicks(&box, text);
    QTest::keyClick(&box, Qt::Key_Return);
    QCOMPARE(wishes.count(), 1);
    QCOMPARE(*box.number(), value);
}

void ControlsTest::numberBoxStepsThroughDecades() {
    NumberBox box({0.0, 100.0, NumberBox::Steps::Decades, 0.0, 1e-5});
    box.showNumber(0.03);
    box.stepBy(1);
    QCOMPARE(*box.number(), 0.05);
    box.stepBy(2);
    QCOMPARE(*box.number(), 0.2);
    box.stepBy(-3);
    QCOMPARE(*box.number(), 0.02);
    box.showNumber(0.0);
    box.stepBy(1);
    QCOMPARE(*box.number(), 1e-5);
    box.stepBy(-1);
    QCOMPARE(*box.number(), 0.0);
    box.showNumber(100.0);
    box.stepBy(1);
    QCOMPARE(*box.number(), 100.0);
}

void ControlsTest::aWrongNumberStaysAndIsExplained() {
    NumberBox box({0.0, 0.5, NumberBox::Steps::Linear, 0.05});
    box.showNumber(0.1);
    QSignalSpy wishes(&box, &NumberBox::numberWished);
    QSignalSpy problems(&box, &NumberBox::problemChanged);
    box.show();
    box.selectAll();
    QTest::keyClicks(&box, "7");
    QTest::keyClick(&box, Qt::Key_Return);
    QCOMPARE(wishes.count(), 0);
    QCOMPARE(problems.count(), 1);
    QVERIFY(problems.first().first().toString().contains("0.5"));
    QCOMPARE(box.text(), QStringLiteral("7"));
    QTest::keyClick(&box, Qt::Key_Escape); // back to what holds
    QCOMPARE(box.text(), QStringLiteral("0.1"));
    QCOMPARE(problems.last().first().toString(), QString());
}

void ControlsTest::sliderIsLogarithmic() {
    ValueSlider slider(1e-5, 10.0, ValueSlider::Scale::Logarithmic);
    QSignalSpy wishes(&slider, &ValueSlider::numberWished);
    slider.showNumber(0.01); // the middle of six decades
    QCOMPARE(slider.value(), slider.maximum() / 2);
    QCOMPARE(wishes.count(), 0);
    slider.setValue(slider.maximum());
    QCOMPARE(wishes.last().first().toDouble(), 10.0);
    slider.setValue(0);
    QCOMPARE(wishes.last().first().toDouble(), 1e-5);
}

void ControlsTest::typedRateIsWished() {
    Bench bench;
    bench.type(bench.named<NumberBox>("Learning rate"), "0.3");
    QTRY_COMPARE(bench.wishes.size(), std::size_t{1});
    QVERIFY(bench.lastValue("training.learning_rate") == SettingValue(0.3));
}

void ControlsTest::refreshEmitsNothingAndLeavesTypingAlone() {
    Bench bench;
    auto* rate = bench.named<NumberBox>("Learning rate");
    rate->setFocus();
    rate->selectAll();
    QTest::keyClicks(rate, "0.4");
    bench.settings.training.learningRate = 0.7;
    bench.settings.training.momentum = 0.9;
    bench.settings.network.activation = "tanh";
    bench.panel.showFrame(frameOf(bench.settings));
    QCOMPARE(rate->text(), QStringLiteral("0.4"));
    QCOMPARE(*bench.named<NumberBox>("Momentum")->number(), 0.9);
    QCOMPARE(bench.named<QComboBox>("Activation function")->currentData().toString(), QStringLiteral("tanh"));
    bench.panel.flush();
    QCOMPARE(bench.wishes.size(), std::size_t{0});
}

void ControlsTest::aWishUnderWayIsNotTakenBack() {
    Bench bench;
    auto* samples = bench.named<NumberBox>("Samples");
    samples->stepBy(1);
    bench.panel.showFrame(frameOf(bench.settings)); // from before the wish
    QCOMPARE(*samples->number(), 550.0);
    samples->stepBy(1);
    bench.panel.flush();
    QCOMPARE(bench.wishes.size(), std::size_t{1}); // held keys are one wish
    QVERIFY(bench.lastValue("data.samples") == SettingValue(std::int64_t{600}));
}

void ControlsTest::aRefusedWishIsTakenBack() {
    Bench bench;
    auto* samples = bench.named<NumberBox>("Samples");
    samples->stepBy(1);
    bench.panel.flush();
    QTRY_COMPARE_WITH_TIMEOUT((bench.panel.showFrame(frameOf(bench.settings)), *samples->number()), 500.0, 4000);
}

void ControlsTest::wrongLayersAreExplainedAndKept() {
    Bench bench;
    auto* layers = bench.named<QLineEdit>("Hidden layers");
    bench.type(layers, "8,,x");
    QCOMPARE(layers->text(), QStringLiteral("8,,x"));
    bench.panel.flush();
    QCOMPARE(bench.wishes.size(), std::size_t{0});
    QString problem;
    for (const QLabel* label : bench.panel.findChildren<QLabel*>())
        if (label->property("role") == "dead" && label->isVisible())
            problem += label->text();
    QVERIFY2(problem.contains("8, 8"), qPrintable(problem));
    bench.type(layers, "4, 2");
    bench.panel.flush();
    QVERIFY(bench.lastValue("network.hidden") == SettingValue(std::vector<int>{4, 2}));
}

void ControlsTest::layersAreAddedAndRemoved() {
    Bench bench;
    QTest::mouseClick(bench.named<QPushButton>("Add a layer of 8 neurons"), Qt::LeftButton);
    bench.panel.flush();
    QVERIFY(bench.lastValue("network.hidden") == SettingValue(std::vector<int>{8, 8, 8}));
    bench.named<NumberBox>("Neurons in layer 2")->stepBy(-3);
    QTest::mouseClick(bench.named<QPushButton>("Remove layer 1"), Qt::LeftButton);
    bench.panel.flush();
    QVERIFY(bench.lastValue("network.hidden") == SettingValue(std::vector<int>{5, 8}));
}

void ControlsTest::activationResetsAlpha() {
    Bench bench;
    bench.settings.network.alpha = 0.3;
    bench.panel.showFrame(frameOf(bench.settings));
    bench.choose(bench.named<QComboBox>("Activation function"), "leaky-relu");
    QCOMPARE(bench.wishes.size(), std::size_t{1});
    QVERIFY(bench.lastValue("network.activation") == SettingValue(std::string("leaky-relu")));
    QVERIFY(bench.lastValue("network.alpha") == SettingValue());
    QVERIFY(!bench.named<NumberBox>("Alpha of the activation function")->isVisible());
    bench.settings.network.activation = "leaky-relu";
    bench.panel.showFrame(frameOf(bench.settings));
    QVERIFY(bench.named<NumberBox>("Alpha of the activation function")->isVisible());
    QVERIFY(!bench.named<NumberBox>("Slope at zero")->isVisible());
}

void ControlsTest::biasDecayRemembersItsLambda() {
    Bench bench;
    bench.settings.training.biasDecay = 0.02;
    bench.panel.showFrame(frameOf(bench.settings));
    auto* decay = bench.named<QCheckBox>("Decay biases");
    QVERIFY(decay->isChecked());
    decay->click();
    QVERIFY(bench.lastValue("training.bias_decay") == SettingValue(0.0));
    bench.settings.training.biasDecay = 0.0;
    bench.panel.showFrame(frameOf(bench.settings));
    QVERIFY(!bench.named<NumberBox>("Bias decay")->isEnabled());
    decay->click();
    QVERIFY(bench.lastValue("training.bias_decay") == SettingValue(0.02));
}

void ControlsTest::generatedDataHaveSamplesFilesHaveTargets() {
    Bench bench;
    QVERIFY(bench.named<NumberBox>("Samples")->isVisible());
    QVERIFY(!bench.named<QComboBox>("Target column")->isVisible());
    bench.settings.data.source = "csv";
    bench.settings.data.file = "table.csv";
    bench.settings.data.target = "b";
    bench.panel.showFrame(frameOf(bench.settings));
    QVERIFY(!bench.named<NumberBox>("Samples")->isVisible());
    QVERIFY(bench.named<QComboBox>("Target column")->isVisible());
    QCOMPARE(bench.named<QComboBox>("Target column")->currentText(), QStringLiteral("b"));
    QSignalSpy csv(&bench.panel, &ControlPanel::csvWished);
    QTest::mouseClick(bench.named<QPushButton>("Open CSV…"), Qt::LeftButton);
    QCOMPARE(csv.count(), 1);
}

void ControlsTest::everyControlHasNameAndTooltip() {
    Bench bench;
    int controls = 0;
    for (const QWidget* widget : bench.panel.findChildren<QWidget*>()) {
        const bool inner = qobject_cast<QAbstractSpinBox*>(widget->parentWidget()) != nullptr ||
                           widget->window() != bench.panel.window() ||
                           qobject_cast<const QAbstractItemView*>(widget) != nullptr;
        if (inner || (widget->focusPolicy() & Qt::TabFocus) == 0)
            continue;
        ++controls;
        QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
        QVERIFY2(!widget->toolTip().isEmpty(), qPrintable(widget->accessibleName()));
    }
    QVERIFY(controls > 20);
}

// Breaks where the tooltip and the help of a number leave out its range, or say it twice.
void ControlsTest::helpSaysARangeOnce() {
    Bench bench;
    const QRegularExpression anyRange(QStringLiteral("\\d to \\d"));
    for (const auto& [name, range] :
         {std::pair("Learning rate", "0 to 100"), std::pair("Batch size", "1 to 1,000,000"),
          std::pair("Initial bias", "−1000 to 1000"), std::pair("Momentum", "0 to 0.999")}) {
        const QString help = bench.named<NumberBox>(name)->toolTip();
        QVERIFY2(help.contains(QString::fromUtf8(range)) && help.count(anyRange) == 1, qPrintable(help));
    }
}

void ControlsTest::undoAfterEnterIsTheWindows() {
    // Breaks where Ctrl+Z after Enter puts back the letters alone, and the setting stays; or where it takes back a
    // setting while a number is being typed.
    Bench bench;
    QAction undo;
    undo.setShortcut(QKeySequence::Undo);
    bench.panel.addAction(&undo);
    QSignalSpy undone(&undo, &QAction::triggered);
    const auto lineOf = [](QWidget* field) {
        auto* line = qobject_cast<QLineEdit*>(field);
        return line != nullptr ? line : field->findChild<QLineEdit*>();
    };
    const std::vector<std::pair<QWidget*, QString>> fields{{bench.named<NumberBox>("Learning rate"), "0.5"},
                                                           {bench.named<QLineEdit>("Hidden layers"), "5, 3"}};
    for (const auto& [field, typed] : fields) {
        bench.type(field, typed);
        undone.clear();
        QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(undone.size(), 1);
        QCOMPARE(lineOf(field)->text(), typed);
        QTest::keyClick(field, Qt::Key_End);
        QTest::keyClicks(field, "1");
        QCOMPARE(lineOf(field)->text(), typed + "1");
        QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(undone.size(), 1);
        QCOMPARE(lineOf(field)->text(), typed);
        QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(undone.size(), 2);
    }
}

void ControlsTest::everyControlIsReachedByTab() {
    Bench bench;
    QSet<QWidget*> missing;
    for (QWidget* widget : bench.panel.findChildren<QWidget*>())
        if ((widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && widget->isVisible() && widget->isEnabled() &&
            qobject_cast<QAbstractSpinBox*>(widget->parentWidget()) == nullptr)
            missing.insert(widget);
    bench.named<QComboBox>("Data set")->setFocus();
    int previous = -1000;
    const QWidget* area = nullptr;
    for (int i = 0; i < 60 && !missing.isEmpty(); ++i) {
        QWidget* now = QApplication::focusWidget();
        QVERIFY(now != nullptr);
        missing.remove(now);
        QWidget* section = now; // in reading order within each; the sections come one after the other
        while (qobject_cast<Section*>(section) == nullptr && section->parentWidget() != nullptr)
            section = section->parentWidget();
        const int y = now->mapTo(section, QPoint(0, 0)).y();
        QVERIFY2(y >= previous - 4 || section != area || missing.isEmpty(), qPrintable(now->accessibleName()));
        previous = y;
        area = section;
        QTest::keyClick(now, Qt::Key_Tab);
    }
    for (const QWidget* widget : missing)
        qWarning("not reached: %s", qPrintable(widget->accessibleName()));
    QVERIFY(missing.isEmpty());
}

QTEST_MAIN(ControlsTest)
#include "controls_test.moc"
