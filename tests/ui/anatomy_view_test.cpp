#include "real_run.h"
#include "sample_run.h"
#include "ui/charts/plot.h"
#include "ui/theme/theme.h"
#include "ui/views/anatomy_content.h"
#include "ui/views/anatomy_view.h"

#include <QApplication>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

using namespace flatline;

class AnatomyViewTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void shapeStandsBesideReluOverItsInput();
    void theSelectedLayerIsTheOneSeen();
    void theSlopeAtZeroIsADot();
    void leakyIsIdentityPlusResidual();
    void everyFunctionIsTheSumOfItsParts();
    void geluIsTheMeanOfGates();
    void reducedMotionDrawsAllAtOnce();
    void noLayersAreSaid();

private:
    void parts() const {
        for (auto* button : m_view->findChildren<QPushButton*>())
            if (button->text() == "Parts")
                button->click();
    }
    [[nodiscard]] const PlotContent& plot(int number) const { return m_view->findChildren<Plot*>()[number]->content(); }
    [[nodiscard]] static double at(const PlotCurve& curve, double x) {
        double value = 0.0;
        for (const CurvePoint& point : curve.points)
            if (point.step <= x)
                value = point.value;
        return value;
    }
    std::unique_ptr<AnatomyView> m_view;
};

void AnatomyViewTest::init() {
    applyTheme(*qApp, Appearance::Light);
    m_view = std::make_unique<AnatomyView>();
    m_view->resize(320, 205);
    m_view->show();
}

// Breaks where ReLU is not beside it, or the bars are not those of z with their slopes.
void AnatomyViewTest::shapeStandsBesideReluOverItsInput() {
    const auto run = test::realRun(test::circles("tanh", {5, 3}), 10);
    m_view->showFrame(test::frameOf(run));
    const PlotContent& value = plot(0);
    const PlotContent& slope = plot(1);
    QCOMPARE(value.curves.size(), std::size_t{2});
    QVERIFY(std::abs(at(value.curves[0], 3.0) - 3.0) < 0.2 && at(value.curves[0], -3.0) == 0.0); // ReLU
    QVERIFY(std::abs(at(value.curves[1], 1.0) - std::tanh(1.0)) < 0.05);
    QCOMPARE(at(slope.curves[0], 3.0), 1.0); // ReLU's
    QVERIFY(at(slope.curves[1], 3.0) < 0.02);
    QCOMPARE(value.bars.heights.size(), run->diagnosis->layers[0].preActivations.bins.size() + 2);
    QVERIFY(std::ranges::all_of(value.bars.filled, [](char one) { return one != 0; }));
    QVERIFY(m_view->summary().contains("0 on none of them"));
}

// Breaks where the share of zero slopes or the bars are those of another layer.
void AnatomyViewTest::theSelectedLayerIsTheOneSeen() {
    const auto run = test::realRun(test::circles("relu", {5, 3}), 10);
    m_view->showFrame({run, nullptr, {2, 1}});
    const AnatomySubject second = anatomySubject(*run, 2);
    QCOMPARE(second.inactiveShare, run->diagnosis->layers[1].inactiveShare);
    QVERIFY(second.z == run->diagnosis->layers[1].preActivations);
    QVERIFY2(m_view->summary().contains("layer 2") && m_view->summary().contains(percentText(second.inactiveShare)),
             qPrintable(m_view->summary()));
    const AnatomySubject all = anatomySubject(*run, 0);
    QCOMPARE(all.z.count,
             run->diagnosis->layers[0].preActivations.count + run->diagnosis->layers[1].preActivations.count);
    const double expected =
        (5.0 * run->diagnosis->layers[0].inactiveShare + 3.0 * run->diagnosis->layers[1].inactiveShare) / 8.0;
    QVERIFY(std::abs(all.inactiveShare - expected) < 1e-12);
    QVERIFY(std::ranges::any_of(all.passing, [](char one) { return one == 0; }));
}

void AnatomyViewTest::theSlopeAtZeroIsADot() {
    Settings settings = test::circles("relu", {4});
    settings.network.slopeAtZero = 0.5;
    m_view->showFrame(test::frameOf(test::realRun(settings, 1)));
    const PlotCurve& dot = plot(1).curves.back();
    QCOMPARE(dot.points.size(), std::size_t{1});
    QCOMPARE(dot.points[0].step, 0.0);
    QCOMPARE(dot.points[0].value, 0.5);
    QVERIFY(dot.end == PlotCurve::End::Disc);
    QVERIFY(m_view->summary().contains("0.5"));
}

void AnatomyViewTest::leakyIsIdentityPlusResidual() {
    Settings settings = test::circles("leaky-relu", {4});
    settings.network.alpha = 0.25;
    m_view->showFrame(test::frameOf(test::realRun(settings, 1)));
    parts();
    const PlotContent& content = plot(0);
    QCOMPARE(content.curves.size(), std::size_t{3});
    for (const double x : {-3.0, -1.0, 0.5, 2.0}) {
        const double place = content.curves[0].points.front().step;
        QVERIFY(place < x);
        const double own = at(content.curves[0], x); // the identity, at the nearest point sampled
        QVERIFY(std::abs(at(content.curves[1], x) - (0.25 - 1.0) * std::min(0.0, own)) < 1e-9);
    }
    QVERIFY(!m_view->findChildren<Plot*>()[1]->isVisible());
    QVERIFY2(m_view->summary().contains("0.25"), qPrintable(m_view->summary()));
}

void AnatomyViewTest::everyFunctionIsTheSumOfItsParts() {
    for (const ActivationRow& row : activationTable()) {
        if (partsOf(row) == AnatomyParts::Gates)
            continue;
        AnatomySubject subject;
        subject.row = &row;
        subject.parameters = activationParameters(row, std::nullopt, 0.0);
        const PlotContent content = partsContent(subject, RandomGates(1));
        QCOMPARE(content.curves.size(), std::size_t{3});
        for (std::size_t i = 0; i < content.curves[2].points.size(); ++i)
            QVERIFY2(std::abs(content.curves[0].points[i].value + content.curves[1].points[i].value -
                              content.curves[2].points[i].value) < 1e-9,
                     row.id);
        QVERIFY(!partsFormula(subject).isEmpty());
    }
}

// Breaks where the gates are not drawn while one looks, go on for ever, or their mean is not what is shown.
void AnatomyViewTest::geluIsTheMeanOfGates() {
    m_view->showFrame(test::frameOf(test::realRun(test::circles("gelu", {4}), 1)));
    parts();
    const auto count = [&] {
        const QString name = plot(0).curves[plot(0).curves.size() - 2].name;
        return name.section(' ', -1).remove(',').toInt();
    };
    const int first = count();
    QVERIFY(first >= 1);
    QTRY_VERIFY(count() > first + 3);
    QVERIFY2(m_view->summary().contains("gates drawn"), qPrintable(m_view->summary()));
    auto* again = m_view->findChild<QToolButton*>();
    QVERIFY(!again->isHidden());
    m_view->hide();
    const int hidden = count();
    QVERIFY(!QTest::qWaitFor([&] { return count() != hidden; }, 200)); // nobody looks: nothing is drawn
    again->click();
    QVERIFY(count() < hidden);
}

void AnatomyViewTest::reducedMotionDrawsAllAtOnce() {
    m_view->setStyleSheet("* { widget-animation-duration: 0; }");
    m_view->showFrame(test::frameOf(test::realRun(test::circles("gelu", {4}), 1)));
    parts();
    const PlotContent& content = plot(0);
    const PlotCurve& mean = content.curves[content.curves.size() - 2];
    const PlotCurve& exact = content.curves.back();
    QVERIFY2(mean.name.contains("4,096"), qPrintable(mean.name));
    for (std::size_t i = 0; i < mean.points.size(); ++i)
        QVERIFY(std::abs(mean.points[i].value - exact.points[i].value) < 0.1); // five sigma of x times a share
}

void AnatomyViewTest::noLayersAreSaid() {
    m_view->showFrame(test::frameOf(test::sampleRun(0)));
    QVERIFY(m_view->summary().contains("No hidden layer"));
    QVERIFY(!m_view->grab().isNull());
}

QTEST_MAIN(AnatomyViewTest)
#include "anatomy_view_test.moc"
