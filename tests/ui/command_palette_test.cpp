#include "ui/palette/command_palette.h"
#include "ui/widgets/number_box.h"
#include "ui/window/transport_bar.h"
#include "window_bench.h"

#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QMenuBar>
#include <QPointer>

using namespace flatline;

/// Ctrl+K: everything that can be done is listed, found by some letters of it, and done.
class CommandPaletteTest : public QObject {
    Q_OBJECT
private slots:
    void listsEveryActionOfTheMenus();
    void theLikeliestComesFirst();
    void enterDoesIt();
    void aClickDoesIt();
    void escapeDoesNothing();
    void settingsGetTheFocus();
    void choicesAreMade();
    void nothingFits();
    void whatIsNotPossibleIsNotDone();

private:
    CommandPalette* open() {
        m_bench.window->activateWindow(); // without a window manager a popup that closes leaves nothing active
        if (!QTest::qWaitForWindowActive(m_bench.window.get()))
            return nullptr;
        QTest::keyClick(m_bench.window.get(), Qt::Key_K, Qt::ControlModifier);
        return m_bench.part<CommandPalette>();
    }
    static QString first(const CommandPalette& palette) {
        return palette.list()->count() > 0 ? palette.list()->item(0)->text() : QString();
    }
    void init() { QVERIFY(m_bench.open()); }

    WindowBench m_bench;
};

void CommandPaletteTest::listsEveryActionOfTheMenus() {
    init();
    const auto* palette = open();
    QVERIFY(palette != nullptr);
    QStringList titles;
    for (int i = 0; i < palette->list()->count(); ++i)
        titles << palette->list()->item(i)->text();
    int actions = 0;
    for (const QMenu* menu : m_bench.window->menuBar()->findChildren<QMenu*>())
        for (const QAction* action : menu->actions()) {
            if (action->isSeparator() || action->menu() != nullptr)
                continue;
            ++actions;
            QString title = action->text().remove('&');
            if (title.endsWith(QChar(0x2026)))
                title.chop(1);
            QVERIFY2(titles.contains(title), qPrintable(title));
        }
    QVERIFY(actions > 30);
    QVERIFY(titles.contains("One")); // a built-in experiment
    QVERIFY(titles.contains("Dark"));
}

void CommandPaletteTest::theLikeliestComesFirst() {
    init();
    const auto* palette = open();
    for (const auto& [typed, wanted] :
         std::initializer_list<std::pair<const char*, const char*>>{{"run", "Run"},
                                                                    {"step", "Step"},
                                                                    {"learning", "Learning rate"},
                                                                    {"lr", "Learning rate"},
                                                                    {"trace", "Trace"},
                                                                    {"kick", "Kick"},
                                                                    {"dark", "Dark"},
                                                                    {"leaky", "Activation function: Leaky ReLU"},
                                                                    {"full", "Full screen"}}) {
        palette->field()->setText(typed);
        QVERIFY2(first(*palette) == wanted, qPrintable(QStringLiteral("%1: %2").arg(typed, first(*palette))));
    }
}

void CommandPaletteTest::enterDoesIt() {
    init();
    const QPointer<CommandPalette> palette = open();
    QTest::keyClicks(palette->field(), "epoch");
    QTest::keyClick(palette->field(), Qt::Key_Return);
    QTRY_VERIFY(palette.isNull());
    QTRY_COMPARE(m_bench.now().now.epoch, std::int64_t{1});
}

void CommandPaletteTest::aClickDoesIt() {
    init();
    const QPointer<CommandPalette> palette = open();
    QTest::keyClicks(palette->field(), "step");
    QListWidget* list = palette->list();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(0)).center());
    QTRY_COMPARE(m_bench.now().now.step, std::int64_t{1});
}

void CommandPaletteTest::escapeDoesNothing() {
    init();
    const QPointer<CommandPalette> palette = open();
    QTest::keyClicks(palette->field(), "step");
    QTest::keyClick(palette->field(), Qt::Key_Escape);
    QTRY_VERIFY(palette.isNull());
    QVERIFY(m_bench.settled());
    QCOMPARE(m_bench.now().now.step, std::int64_t{0});
}

void CommandPaletteTest::settingsGetTheFocus() {
    init();
    const auto* rate = m_bench.named<NumberBox>("Learning rate");
    for (const QSize size : {QSize(1280, 800), QSize(1024, 768)}) { // here the panel is folded away
        m_bench.window->resize(size);
        m_bench.window->setFocus();
        const auto* palette = open();
        QTest::keyClicks(palette->field(), "learning rate");
        QTest::keyClick(palette->field(), Qt::Key_Return);
        QTRY_COMPARE(m_bench.window->focusWidget(), rate);
        QVERIFY(rate->isVisible());
    }
}

void CommandPaletteTest::choicesAreMade() {
    init();
    const auto* palette = open();
    QTest::keyClicks(palette->field(), "leaky");
    QTest::keyClick(palette->field(), Qt::Key_Return);
    QTRY_COMPARE(m_bench.now().settings.network.activation, std::string("leaky-relu"));
}

void CommandPaletteTest::nothingFits() {
    init();
    const auto* palette = open();
    QTest::keyClicks(palette->field(), "xyzzy");
    QCOMPARE(palette->list()->count(), 0);
    QTest::keyClick(palette->field(), Qt::Key_Return); // and nothing happens
    QVERIFY(palette->isVisible());
}

void CommandPaletteTest::whatIsNotPossibleIsNotDone() {
    bool done = false;
    init();
    std::vector<PaletteEntry> entries{{"Impossible", "File", {}, {}, false, false, [&done] { done = true; }}};
    auto* palette = new CommandPalette(std::move(entries), m_bench.window.get());
    palette->open();
    QTest::keyClick(palette->field(), Qt::Key_Return);
    QCoreApplication::processEvents(); // what it does, it does once it is closed
    QVERIFY(!done);
    palette->close();
}

QTEST_MAIN(CommandPaletteTest)
#include "command_palette_test.moc"
