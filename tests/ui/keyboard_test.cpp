#include "reading_order.h"
#include "ui/palette/command_palette.h"
#include "ui/timeline/timeline_card.h"
#include "ui/views/neuron_card.h"
#include "ui/views/view_card.h"
#include "ui/window/left_side.h"
#include "ui/window/status_strip.h"
#include "ui/window/transport_bar.h"
#include "ui/window/view_grid.h"
#include "window_bench.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QButtonGroup>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenuBar>
#include <QSlider>

#include <algorithm>

using namespace flatline;

/// The keyboard alone reaches everything, everything has a name, and no key means two things.
class KeyboardTest : public QObject {
    Q_OBJECT
private slots:
    void tabReachesEverything_data();
    void tabReachesEverything();
    void tabGoesBothWays();
    void tabGoesAsOneReads();
    void arrowsGoThroughASwitch();
    void everythingHasANameAndHelp();
    void everyButtonIsInTheListOfActions();
    void keysAreUnambiguous();
    void lettersInMenusAreUnambiguous();
    void viewsSayWhatTheyShowAtMostOnceASecond();

private:
    static bool canBeUsed(const QWidget* widget) {
        const QWidget* parent = widget->parentWidget();
        if (qobject_cast<const QAbstractSpinBox*>(parent) != nullptr ||
            qobject_cast<const QComboBox*>(parent) != nullptr)
            return false; // a part of it
        return qobject_cast<const QAbstractButton*>(widget) != nullptr ||
               qobject_cast<const QComboBox*>(widget) != nullptr || qobject_cast<const QSlider*>(widget) != nullptr ||
               qobject_cast<const QAbstractSpinBox*>(widget) != nullptr ||
               qobject_cast<const QLineEdit*>(widget) != nullptr || qobject_cast<const ViewCard*>(widget) != nullptr;
    }
    [[nodiscard]] QList<QWidget*> useful() const {
        QList<QWidget*> all;
        for (QWidget* widget : m_bench.window->centralWidget()->findChildren<QWidget*>())
            if (widget->isVisible() && widget->isEnabled() && canBeUsed(widget))
                all << widget;
        return all;
    }
    static QString nameOf(const QWidget* widget) {
        return QStringLiteral("%1 (%2)").arg(widget->accessibleName(), widget->metaObject()->className());
    }
    static QStringList without(const QList<QWidget*>& all, const QSet<QWidget*>& reached) {
        QStringList missing;
        for (QWidget* widget : all) {
            // Of buttons of which one is pressed Tab finds that one; the arrows go on from there.
            const auto* button = qobject_cast<QAbstractButton*>(widget);
            const QButtonGroup* group = button != nullptr ? button->group() : nullptr;
            const auto found = [&reached](QAbstractButton* other) { return reached.contains(other); };
            if (!reached.contains(widget) &&
                (group == nullptr || !group->exclusive() || std::ranges::none_of(group->buttons(), found)))
                missing << nameOf(widget);
        }
        return missing;
    }
    QSet<QWidget*> walk(Qt::Key key) {
        QSet<QWidget*> reached;
        m_bench.window->activateWindow();
        for (int i = 0; i < 200; ++i) {
            QWidget* focus = m_bench.window->focusWidget();
            if (focus != nullptr) {
                reached << focus << focus->parentWidget(); // the editor of a box is the box
                if (focus->focusProxy() != nullptr)
                    reached << focus->focusProxy();
            }
            QTest::keyClick(focus != nullptr ? focus : m_bench.window.get(), key,
                            key == Qt::Key_Backtab ? Qt::ShiftModifier : Qt::NoModifier);
        }
        return reached;
    }

    WindowBench m_bench;
};

void KeyboardTest::tabReachesEverything_data() {
    QTest::addColumn<QSize>("size");
    QTest::newRow("wide") << QSize(1280, 800);
    QTest::newRow("narrow") << QSize(1024, 768);
}

void KeyboardTest::tabReachesEverything() {
    QFETCH(const QSize, size);
    QVERIFY(m_bench.open());
    m_bench.window->resize(size);
    QTRY_COMPARE(m_bench.window->size(), size);
    QCoreApplication::processEvents(); // the layouts
    const QList<QWidget*> all = useful();
    QVERIFY(all.size() > 20);
    const QStringList missing = without(all, walk(Qt::Key_Tab));
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(", ")));
}

void KeyboardTest::tabGoesBothWays() {
    QVERIFY(m_bench.open());
    const QStringList missing = without(useful(), walk(Qt::Key_Backtab));
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(", ")));
}

// Breaks where Tab goes through the window otherwise than one reads it: transport, controls, views row by row and the
// strip below them, a neuron's card, the timeline; and within each of these from its top left to its bottom right.
void KeyboardTest::tabGoesAsOneReads() {
    QVERIFY(m_bench.open());
    m_bench.window->views().toggleCard({1, 1});
    QCoreApplication::processEvents(); // the layouts
    QList<QWidget*> parts{m_bench.part<TransportBar>(), m_bench.part<LeftSide>()};
    for (const QString& id : m_bench.window->views().shownIds())
        parts << m_bench.window->views().cardOf(id);
    parts << m_bench.part<NeuronCard>() << m_bench.part<TimelineCard>() << m_bench.part<StatusStrip>();
    qsizetype before = 0;
    for (QWidget* stop = m_bench.window->nextInFocusChain(); stop != m_bench.window.get();
         stop = stop->nextInFocusChain()) {
        if ((stop->focusPolicy() & Qt::TabFocus) == 0 || !stop->isVisible() || stop->focusProxy() != nullptr ||
            stop->window() != m_bench.window.get() || qobject_cast<const QMenuBar*>(stop) != nullptr)
            continue;
        qsizetype part = 0;
        while (part < parts.size() && parts[part] != stop && !parts[part]->isAncestorOf(stop))
            ++part;
        QVERIFY2(part < parts.size(), qPrintable(nameOf(stop)));
        QVERIFY2(part >= before, qPrintable(nameOf(stop)));
        before = part;
    }
    for (const QWidget* part : parts)
        if (qobject_cast<const LeftSide*>(part) == nullptr) // it scrolls: see panel_keyboard_test
            QCOMPARE(test::outOfOrder(*part), QString());
}

void KeyboardTest::arrowsGoThroughASwitch() {
    QVERIFY(m_bench.open());
    auto* logarithmic = m_bench.named<QAbstractButton>("Loss axis: Log");
    const auto* linear = m_bench.named<QAbstractButton>("Loss axis: Linear");
    logarithmic->click();
    logarithmic->setFocus();
    QTest::keyClick(logarithmic, Qt::Key_Right);
    QVERIFY(linear->isChecked());
    QCOMPARE(m_bench.window->focusWidget(), linear);
    QVERIFY(m_bench.settled());
    QCOMPARE(m_bench.now().now.step, std::int64_t{0}); // the arrow is the switch's now
}

void KeyboardTest::everythingHasANameAndHelp() {
    QVERIFY(m_bench.open());
    QStringList nameless;
    for (const QWidget* widget : useful())
        if (widget->accessibleName().isEmpty() ||
            (widget->toolTip().isEmpty() && qobject_cast<const ViewCard*>(widget) == nullptr))
            nameless << nameOf(widget);
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(", ")));
}

void KeyboardTest::everyButtonIsInTheListOfActions() {
    QVERIFY(m_bench.open());
    QStringList titles;
    for (const PaletteEntry& entry : menuEntries(*m_bench.window->menuBar()))
        titles << entry.title;
    for (const PaletteEntry& entry : controlEntries(*m_bench.window->centralWidget(), [](QWidget*) {}))
        titles << entry.title;
    QStringList missing;
    for (const QWidget* widget : useful())
        if (qobject_cast<const QAbstractButton*>(widget) != nullptr && !widget->property("inMenu").toBool() &&
            !titles.contains(widget->accessibleName()))
            missing << nameOf(widget);
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(", ")));
}

void KeyboardTest::keysAreUnambiguous() {
    QVERIFY(m_bench.open());
    QMap<QString, QString> owners;
    for (const QAction* action : m_bench.window->findChildren<QAction*>())
        for (const QKeySequence& key : action->shortcuts()) {
            const QString text = key.toString(QKeySequence::PortableText);
            QVERIFY2(!owners.contains(text),
                     qPrintable(QStringLiteral("%1: %2, %3").arg(text, owners[text], action->text())));
            owners[text] = action->text();
        }
    QVERIFY(owners.size() > 12);
}

void KeyboardTest::lettersInMenusAreUnambiguous() {
    QVERIFY(m_bench.open());
    const auto letterOf = [](QString text) {
        text.remove(QStringLiteral("&&"));
        const auto at = text.indexOf('&');
        return at < 0 ? QChar() : text.at(at + 1).toLower();
    };
    for (const QMenu* menu : m_bench.window->menuBar()->findChildren<QMenu*>()) {
        QMap<QChar, QString> owners;
        for (const QAction* action : menu->actions()) {
            const QChar letter = letterOf(action->text());
            if (letter.isNull())
                continue;
            QVERIFY2(!owners.contains(letter),
                     qPrintable(QStringLiteral("%1: %2, %3, %4")
                                    .arg(menu->title(), QString(letter), owners[letter], action->text())));
            owners[letter] = action->text();
        }
    }
}

void KeyboardTest::viewsSayWhatTheyShowAtMostOnceASecond() {
    QVERIFY(m_bench.open());
    auto* view = m_bench.part<ViewCard>()->view();
    m_bench.lab->post(RunCommand{});
    int changes = 0;
    QString before = view->accessibleDescription();
    QElapsedTimer clock;
    clock.start();
    (void)QTest::qWaitFor(
        [&] {
            changes += view->accessibleDescription() != before ? 1 : 0;
            before = view->accessibleDescription();
            return clock.elapsed() >= 1500;
        },
        3000);
    const qint64 passed = clock.elapsed(); // a busy machine takes longer
    QVERIFY(changes >= 1);
    QVERIFY2(changes <= 2 + passed / 1000, qPrintable(QStringLiteral("%1 in %2 ms").arg(changes).arg(passed)));
}

QTEST_MAIN(KeyboardTest)
#include "keyboard_test.moc"
