#include "ui/help/help_popup.h"
#include "ui/help/help_text.h"
#include "ui/views/view_card.h"
#include "ui/widgets/number_box.h"
#include "window_bench.h"

#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QTextBrowser>
#include <QTimer>

using namespace flatline;

/// F1: help on what is pointed at or has the focus, and where nothing is meant, the page of all keys.
class HelpTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        QVERIFY(m_bench.open());
        leaveAll();
    }
    void aControlsMeaningAndRange();
    void aFormula();
    void aViewAndWhatItShowsNow();
    void theStrip();
    void whatThePointerIsOver();
    void nothingInParticular();
    void aMenuPointsAtNothing();
    void fromTheSheetToTheKeys();
    void everythingThatCanHaveTheFocusHasHelp();

private:
    static QString textOf(const HelpPopup& sheet) {
        QString text;
        for (const QLabel* label : sheet.findChildren<QLabel*>())
            text += label->text() + '\n';
        return text;
    }
    /// Over the menu bar, which means nothing in particular.
    void leaveAll() { QTest::mouseMove(m_bench.window.get(), {600, 4}); }
    /// Of the sheet that F1 opens, which is closed; empty where the page of all keys opens instead.
    QString titleOfHelp() {
        QTimer keysPage;
        connect(&keysPage, &QTimer::timeout, this, [] {
            if (auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget()))
                dialog->reject();
        });
        keysPage.start(50);
        HelpPopup* sheet = helpOnFocus();
        if (sheet == nullptr)
            return {};
        const QString title = sheet->findChild<QLabel*>()->text();
        sheet->close();
        QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        m_bench.window->raise(); // without a window manager nobody does, once the sheet is gone
        m_bench.window->activateWindow();
        (void)QTest::qWaitForWindowActive(m_bench.window.get());
        return title;
    }
    HelpPopup* helpOnFocus() {
        QTest::keyClick(QApplication::focusWidget() != nullptr ? QApplication::focusWidget() : m_bench.window.get(),
                        Qt::Key_F1);
        return m_bench.part<HelpPopup>();
    }
    /// The title of the dialog that opens, which is closed.
    static void expectDialog(QString& title) {
        QTimer::singleShot(100, qApp, [&title] {
            if (auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget())) {
                title = dialog->windowTitle() + (dialog->findChild<QTextBrowser*>() != nullptr ? " page" : "");
                dialog->reject();
            }
        });
    }

    WindowBench m_bench;
};

void HelpTest::aControlsMeaningAndRange() {
    m_bench.named<NumberBox>("Learning rate")->setFocus();
    const HelpPopup* sheet = helpOnFocus();
    QVERIFY(sheet != nullptr && sheet->isVisible());
    const QString text = textOf(*sheet);
    QVERIFY2(text.contains("Learning rate") && text.contains("How far a step goes down the gradient"),
             qPrintable(text));
    QVERIFY2(text.contains("keeps the weights"), qPrintable(text)); // it is live
}

void HelpTest::aFormula() {
    const HelpText help = helpOn(m_bench.named<NumberBox>("Learning rate"));
    QVERIFY2(help.text.contains(QString::fromUtf8("w ← w − η")), qPrintable(help.text));
}

void HelpTest::aViewAndWhatItShowsNow() {
    auto* card = m_bench.part<ViewCard>();
    QTRY_VERIFY(!card->view()->summary().isEmpty());
    const HelpText help = helpOn(card->view());
    QCOMPARE(help.title, card->accessibleName());
    QVERIFY2(help.text.contains(card->view()->summary().left(12).toHtmlEscaped()), qPrintable(help.text));
}

void HelpTest::theStrip() {
    const auto* strip = m_bench.named<View>("Network");
    const HelpText help = helpOn(strip);
    QCOMPARE(help.title, QStringLiteral("Network"));
    QVERIFY2(help.text.contains("Every hidden neuron"), qPrintable(help.text));
}

// Breaks where a view under the mouse has to be focused first, where the mouse that merely lies there outweighs a
// control that was gone to by key, or where a second F1 explains something else.
void HelpTest::whatThePointerIsOver() {
    m_bench.window->setFocus();
    const QList<ViewCard*> cards = m_bench.window->findChildren<ViewCard*>();
    QVERIFY(cards.size() >= 3);
    QTest::mouseMove(cards[0]->view());
    QCOMPARE(titleOfHelp(), cards[0]->accessibleName());
    m_bench.named<NumberBox>("Learning rate")->setFocus(Qt::TabFocusReason);
    QCOMPARE(titleOfHelp(), QStringLiteral("Learning rate"));
    QTest::mouseMove(cards[2]->view()); // below the first: the offscreen platform's screen is 800 wide
    QCOMPARE(titleOfHelp(), cards[2]->accessibleName());
    QCOMPARE(titleOfHelp(), cards[2]->accessibleName());
    leaveAll();
    QCOMPARE(titleOfHelp(), QStringLiteral("Learning rate"));
}

// Breaks where the menu's entry explains what lies under the menu.
void HelpTest::aMenuPointsAtNothing() {
    auto* card = m_bench.part<ViewCard>();
    m_bench.named<NumberBox>("Learning rate")->setFocus();
    QMenu* menu = m_bench.window->menuBar()->actions().last()->menu();
    menu->popup(card->mapToGlobal(QPoint(20, 20)));
    QTest::mouseMove(menu, {20, 20});
    menu->close();
    QTRY_VERIFY(!menu->isVisible());
    menu->actions().first()->trigger();
    const auto* sheet = m_bench.part<HelpPopup>();
    QVERIFY(sheet != nullptr);
    QCOMPARE(sheet->findChild<QLabel*>()->text(), QStringLiteral("Learning rate"));
}

void HelpTest::nothingInParticular() {
    m_bench.window->setFocus();
    QString title;
    expectDialog(title);
    QVERIFY(helpOnFocus() == nullptr);
    QCOMPARE(title, QStringLiteral("Keyboard shortcuts page"));
}

void HelpTest::fromTheSheetToTheKeys() {
    m_bench.named<QComboBox>("Activation function")->setFocus();
    HelpPopup* sheet = helpOnFocus();
    QVERIFY(sheet != nullptr);
    QString title;
    expectDialog(title);
    QTest::keyClick(sheet, Qt::Key_F1);
    QTRY_COMPARE(title, QStringLiteral("Keyboard shortcuts page"));
}

void HelpTest::everythingThatCanHaveTheFocusHasHelp() {
    QStringList without;
    for (QWidget* widget : m_bench.window->centralWidget()->findChildren<QWidget*>()) {
        if ((widget->focusPolicy() & Qt::TabFocus) == 0 || !widget->isVisible())
            continue;
        const HelpText help = helpOn(widget);
        if (help.empty() || help.title.isEmpty())
            without << QStringLiteral("%1 (%2)").arg(widget->accessibleName(), widget->metaObject()->className());
    }
    QVERIFY2(without.isEmpty(), qPrintable(without.join(", ")));
}

QTEST_MAIN(HelpTest)
#include "help_test.moc"
