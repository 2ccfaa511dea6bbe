#include "neuron_run.h"
#include "ui/theme/theme.h"
#include "ui/views/network_view.h"
#include "ui/views/neuron_card.h"
#include "ui/window/view_grid.h"

#include <QAbstractButton>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

using namespace flatline;

namespace {

QString textOf(const QWidget& widget) {
    QString text;
    for (const QLabel* label : widget.findChildren<QLabel*>())
        if (label->isVisibleTo(&widget))
            text += label->text() + '\n';
    return text;
}

QAbstractButton* buttonNamed(const QWidget& widget, const QString& part) {
    for (auto* button : widget.findChildren<QAbstractButton*>())
        if (button->accessibleName().contains(part))
            return button;
    return nullptr;
}

} // namespace

class NeuronCardTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, Appearance::Light); }

    // Breaks where the card of a dead neuron is no report of its death.
    void aDeathIsReported() {
        NeuronCard card;
        card.resize(480, 500);
        card.showFrame(test::neuronFrame({1, 1}));
        const QString text = textOf(card);
        for (const char* part : {"L1·1", "dead since step 203", "Layer 1, neuron 1 of 4 · ReLU", "Death certificate",
                                 "followed on sample 176", "Overshoot", "Worst step 203", "−2.28", "Margin", "−0.2"})
            QVERIFY2(text.contains(part), qPrintable(part + ("\n" + text)));
        QVERIFY(card.summary().contains("45 %"));
        QVERIFY(card.summary().contains("gradient on the bias −1.55"));
        QVERIFY(!card.grab().isNull());
        QVERIFY(buttonNamed(card, "Revival")->isHidden() || !buttonNamed(card, "Revival")->isVisibleTo(&card));
    }

    // Breaks where the head of a neuron that died often is cut off beside its buttons.
    void theHeadHasRoomForManyDeaths() {
        Frame frame = test::neuronFrame({1, 2});
        auto snapshot = std::make_shared<Snapshot>(*frame.snapshot);
        snapshot->lives[0][1].deaths = 12;
        frame.snapshot = snapshot;
        NeuronCard card;
        card.resize(496, 500); // as wide as in a window of 1280
        card.showFrame(frame);
        card.show();
        QVERIFY(QTest::qWaitForWindowExposed(&card));
        QVERIFY(buttonNamed(card, "Revival")->isVisible());
        const QLabel* often = nullptr;
        for (const QLabel* label : card.findChildren<QLabel*>())
            if (label->text().contains("died 12 times"))
                often = label;
        QVERIFY(often != nullptr);
        QVERIFY2(often->fontMetrics().horizontalAdvance(often->text()) <= often->width(), qPrintable(often->text()));
    }

    // Breaks where the earlier death of a revived neuron cannot be read any more, or the choice sticks to the next one.
    void deathAndRevivalCanBeChosen() {
        NeuronCard card;
        card.resize(480, 500);
        const Frame frame = test::neuronFrame({1, 2});
        card.showFrame(frame);
        QVERIFY(textOf(card).contains("Revival certificate"));
        buttonNamed(card, "Death")->click();
        QVERIFY(textOf(card).contains("Death certificate"));
        card.showFrame(frame); // a new frame does not take the choice back
        QVERIFY(textOf(card).contains("Death certificate"));
        card.showFrame(test::neuronFrame({2, 2}));
        QVERIFY(textOf(card).contains("Revival certificate"));
    }

    // Breaks where a neuron without a certificate, or an activation without dead neurons, is shown something wrong.
    void whatIsNotThereIsSaid() {
        NeuronCard card;
        card.resize(480, 500);
        card.showFrame(test::neuronFrame({1, 3}));
        QVERIFY(textOf(card).contains("never died"));
        QVERIFY(card.summary().contains("1.58 to 30"));
        card.showFrame(test::neuronFrame({1, 4}));
        QVERIFY2(textOf(card).contains("Born dead"), qPrintable(textOf(card)));
        Frame frame = test::neuronFrame({1, 3});
        frame.analysis = nullptr;
        card.showFrame(frame);
        QVERIFY(textOf(card).contains("being computed"));
        frame.snapshot = test::neuronRun("tanh");
        auto nothing = test::neuronAnalysis(*frame.snapshot);
        nothing->outlook[0][2] = {};
        frame.analysis = nothing;
        card.showFrame(frame);
        QVERIFY2(textOf(card).contains("it can learn"), qPrintable(textOf(card)));
    }

    // Breaks where a click or Enter does not open the card, a second one does not close it, or Escape does not.
    void clickAndEnterOpenAndClose() {
        ViewGrid grid;
        grid.resize(1016, 690);
        grid.setVisible(true);
        grid.showFrame(test::neuronFrame(), 1000);
        auto* strip = grid.findChild<NetworkView*>();
        auto* card = grid.findChild<NeuronCard*>();
        const auto click = [&](NeuronId id) {
            QTest::mouseClick(strip, Qt::LeftButton, {}, strip->cellBox(id).center().toPoint());
        };
        QVERIFY(!card->isVisible());
        click({1, 1});
        QVERIFY(card->isVisible());
        QCOMPARE(card->neuron(), (NeuronId{1, 1}));
        click({2, 2});
        QCOMPARE(card->neuron(), (NeuronId{2, 2}));
        click({2, 2});
        QVERIFY(!card->isVisible());
        QTest::keyClick(strip, Qt::Key_Return);
        QVERIFY(card->isVisible());
        QTest::keyClick(strip, Qt::Key_Escape);
        QVERIFY(!card->isVisible());
        QTest::keyClick(strip, Qt::Key_Enter);
        buttonNamed(*card, "Close")->click();
        QVERIFY(!card->isVisible());
        QCOMPARE(grid.expanded(), -1);
    }

    // Breaks where the card does not follow the selection, or stays when its neuron is gone.
    void theCardFollowsTheSelection() {
        ViewGrid grid;
        grid.resize(1016, 690);
        grid.setVisible(true);
        grid.showFrame(test::neuronFrame(), 1000);
        auto* card = grid.findChild<NeuronCard*>();
        grid.toggleCard({1, 1});
        grid.showFrame(test::neuronFrame({2, 3}), 1001);
        QCOMPARE(card->neuron(), (NeuronId{2, 3}));
        grid.showFrame(test::neuronFrame(), 1002);
        QVERIFY(!card->isVisible());
    }

    // Breaks where the card covers the strip or the landscape, or is cut off in a low or narrow window.
    void theCardHasItsPlace() {
        for (const QSize size :
             {QSize(1016, 690), QSize(1008, 620), QSize(880, 460), QSize(610, 460), QSize(2000, 1200)}) {
            ViewGrid grid;
            grid.resize(size);
            grid.setLow(size.height() < 600);
            grid.setVisible(true);
            grid.showFrame(test::neuronFrame(), 1000);
            grid.toggleCard({1, 1});
            const auto* card = grid.findChild<NeuronCard*>();
            const auto* strip = grid.findChild<NetworkView*>();
            QVERIFY(grid.rect().contains(card->geometry()));
            QVERIFY(card->geometry().bottom() < strip->mapTo(&grid, QPoint(0, 0)).y());
            QVERIFY(card->width() >= 440);
            if (size.width() > 1000)
                QVERIFY(card->x() >= size.width() / 2);
        }
    }
};

QTEST_MAIN(NeuronCardTest)
#include "neuron_card_test.moc"
