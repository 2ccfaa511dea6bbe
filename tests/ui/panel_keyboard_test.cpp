#include "neuron_run.h"
#include "panel_bench.h"
#include "reading_order.h"
#include "ui/controls/intervention_section.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QSet>

using namespace flatline;
using test::Bench;

namespace {

/// What Tab comes to in the panel, in order, once round.
std::vector<QWidget*> tabbed(ControlPanel& panel) {
    std::vector<QWidget*> reached;
    QSet<QWidget*> seen;
    panel.setFocus();
    for (int i = 0; i < 200; ++i) {
        QTest::keyClick(QApplication::focusWidget() != nullptr ? QApplication::focusWidget() : &panel, Qt::Key_Tab);
        QWidget* now = QApplication::focusWidget();
        if (now == nullptr || seen.contains(now))
            break;
        seen << now;
        reached.push_back(now);
    }
    return reached;
}

QString describe(const QWidget* widget) {
    return QStringLiteral("%1 '%2'").arg(QString::fromLatin1(widget->metaObject()->className()),
                                         widget->accessibleName());
}

} // namespace

class PanelKeyboardTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, Appearance::Light); }

    // Breaks where a few controls alone, as a class file leaves them, are spread over the whole height of the panel.
    void aFewStandTogether() {
        Bench bench;
        const auto* section = bench.panel.findChild<InterventionSection*>();
        const int usual = section->height();
        bench.panel.showOnly(std::set<std::string>{"training.learning_rate", "kick"});
        QTRY_VERIFY2(section->height() < usual, qPrintable(QString::number(section->height())));
        QVERIFY(section->isVisible() && section->mapTo(&bench.panel, QPoint()).y() < 200);
    }

    // Breaks where a control of the panel cannot be reached by Tab.
    void everythingIsReached() {
        Bench bench;
        const std::vector<QWidget*> reached = tabbed(bench.panel);
        const QSet<QWidget*> all(reached.begin(), reached.end());
        int controls = 0;
        for (QWidget* widget : bench.panel.findChildren<QWidget*>()) {
            const bool control = (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->isVisible() &&
                                 widget->isEnabled() && widget->focusProxy() == nullptr;
            if (!control || qobject_cast<QAbstractSpinBox*>(widget->parentWidget()) != nullptr)
                continue;
            ++controls;
            QVERIFY2(all.contains(widget), qPrintable(describe(widget)));
        }
        QVERIFY(controls > 25);
    }

    // Breaks where Tab goes through the panel otherwise than one reads: down, and in a row to the right.
    void theOrderIsThatOfReading() {
        Bench bench;
        bench.panel.resize(264, 1400); // nothing scrolls
        QCOMPARE(tabbed(bench.panel).front()->accessibleName(), QStringLiteral("Data set"));
        QCOMPARE(test::outOfOrder(bench.panel), QString());
    }

    // Breaks where a control has no name for those who cannot see it, or does not say what it does.
    void everythingSaysWhatItIs() {
        Bench bench;
        bench.panel.showFrame(test::neuronFrame({1, 1}));
        for (QWidget* widget : tabbed(bench.panel)) {
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(describe(widget)));
            QVERIFY2(!widget->toolTip().isEmpty(), qPrintable(describe(widget)));
            // Read out; where it is not given, the tooltip is.
            const QAccessibleInterface* voice = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(voice != nullptr && !voice->text(QAccessible::Name).isEmpty() &&
                         !voice->text(QAccessible::Description).isEmpty(),
                     qPrintable(describe(widget)));
        }
    }
};

QTEST_MAIN(PanelKeyboardTest)
#include "panel_keyboard_test.moc"
