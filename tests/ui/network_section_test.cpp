#include "panel_bench.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QStandardItemModel>

using namespace flatline;
using test::Bench;
using test::frameOf;

class NetworkSectionTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, Appearance::Light); }
    void theNetworksChoicesAreWished();
    void outputsThatDoNotFitAreOff();
};

void NetworkSectionTest::theNetworksChoicesAreWished() {
    Bench bench;
    bench.choose(bench.named<QComboBox>("Batch norm"), "before-activation");
    QVERIFY(bench.lastValue("network.batch_norm") == SettingValue(std::string("before-activation")));
    bench.choose(bench.named<QComboBox>("Output"), "relu-normalized");
    QVERIFY(bench.lastValue("network.output") == SettingValue(std::string("relu-normalized")));
    bench.choose(bench.named<QComboBox>("Initial weights"), "asymmetric");
    QVERIFY(bench.lastValue("initialization.weights") == SettingValue(std::string("asymmetric")));
    bench.settings.network.batchNorm = "after-activation";
    bench.panel.showFrame(frameOf(bench.settings));
    QTRY_COMPARE((bench.panel.showFrame(frameOf(bench.settings)),
                  bench.named<QComboBox>("Batch norm")->currentData().toString()),
                 QStringLiteral("after-activation"));
}

void NetworkSectionTest::outputsThatDoNotFitAreOff() {
    Bench bench;
    Frame frame = frameOf(bench.settings);
    auto snapshot = std::make_shared<Snapshot>(*frame.snapshot);
    auto dataset = std::make_shared<Dataset>();
    dataset->task = Task::Classification;
    dataset->classNames = {"a", "b", "c"};
    dataset->featureNames = {"x"};
    snapshot->dataset = dataset;
    bench.panel.showFrame({snapshot, nullptr, {}});
    const auto* output = bench.named<QComboBox>("Output");
    const auto* items = qobject_cast<const QStandardItemModel*>(output->model());
    const auto* sigmoid = items->item(output->findData("sigmoid")); // three classes
    QVERIFY(!sigmoid->isEnabled());
    QVERIFY(!sigmoid->toolTip().isEmpty() && !sigmoid->toolTip().contains(QStringLiteral("e⁻ᶻ")));
    QVERIFY(items->item(output->findData("softmax"))->isEnabled());
    QVERIFY(items->item(output->findData("relu-normalized"))->isEnabled());
}

QTEST_MAIN(NetworkSectionTest)
#include "network_section_test.moc"
