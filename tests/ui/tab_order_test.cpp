#include "reading_order.h"
#include "ui/compare/rescue_dialog.h"
#include "ui/picture/picture_dialog.h"
#include "ui/theme/tab_order.h"
#include "ui/theme/theme.h"
#include "ui/window/stop_dialog.h"

#include <QApplication>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QTest>

using namespace flatline;

/// The order of the Tab key is that of the layouts, not that in which widgets were made.
class TabOrderTest : public QObject {
    Q_OBJECT

private slots:
    void aGridIsReadRowByRow();
    void whatIsInsideComesAtItsPlace();
    void hiddenOnesKeepTheirPlace();
    void dialogsAreReadInOrder();

private:
    static QStringList order(QWidget& whole) {
        QStringList names;
        for (QWidget* widget = whole.nextInFocusChain(); widget != &whole; widget = widget->nextInFocusChain())
            if (!widget->objectName().isEmpty() && (widget->focusPolicy() & Qt::TabFocus) != 0 &&
                !widget->objectName().startsWith(QLatin1String("qt_"))) // the editor of a box is the box
                names << widget->objectName();
        return names;
    }
    template <class Widget>
    static Widget* made(const char* name, QWidget* parent) {
        auto* widget = new Widget(parent);
        widget->setObjectName(QLatin1String(name));
        return widget;
    }
};

void TabOrderTest::aGridIsReadRowByRow() {
    QWidget whole;
    auto* grid = new QGridLayout(&whole);
    grid->addWidget(made<QPushButton>("d", &whole), 1, 1);
    grid->addWidget(made<QSpinBox>("b", &whole), 0, 1);
    grid->addWidget(made<QComboBox>("c", &whole), 1, 0);
    grid->addWidget(made<QPushButton>("a", &whole), 0, 0);
    orderTabsAsRead(&whole);
    QCOMPARE(order(whole), QStringList({"a", "b", "c", "d"}));
}

void TabOrderTest::whatIsInsideComesAtItsPlace() {
    QWidget whole;
    auto* foot = made<QPushButton>("foot", &whole);
    auto* area = new QScrollArea(&whole);
    area->setFocusPolicy(Qt::NoFocus);
    auto* content = new QWidget;
    auto* inner = new QHBoxLayout(content);
    auto* right = made<QPushButton>("right", content);
    inner->addWidget(made<QPushButton>("left", content));
    inner->addWidget(right);
    area->setWidget(content);
    auto* column = new QVBoxLayout(&whole);
    auto* head = new QHBoxLayout;
    column->addLayout(head);
    column->addWidget(area);
    column->addWidget(foot);
    head->addWidget(made<QPushButton>("head", &whole));
    orderTabsAsRead(&whole);
    QCOMPARE(order(whole), QStringList({"head", "left", "right", "foot"}));
}

void TabOrderTest::hiddenOnesKeepTheirPlace() {
    QWidget whole;
    auto* column = new QVBoxLayout(&whole);
    auto* last = made<QPushButton>("last", &whole);
    auto* hidden = made<QPushButton>("hidden", &whole);
    hidden->hide();
    column->addWidget(made<QPushButton>("first", &whole));
    column->addWidget(hidden);
    column->addWidget(last);
    orderTabsAsRead(&whole);
    QCOMPARE(order(whole), QStringList({"first", "hidden", "last"}));
}

// Breaks where a dialog's controls are gone through otherwise than they are read.
void TabOrderTest::dialogsAreReadInOrder() {
    applyTheme(*qApp, Appearance::Light);
    StopDialog stop({}, nullptr);
    RescueDialog rescue(nullptr);
    PictureDialog picture(
        "Loss", "Circles", [](const PictureChoice&, double) { return QImage(40, 20, QImage::Format_RGB32); }, nullptr);
    for (QWidget* dialog : std::initializer_list<QWidget*>{&stop, &rescue, &picture}) {
        dialog->show();
        QVERIFY(QTest::qWaitForWindowExposed(dialog));
        QCOMPARE(test::outOfOrder(*dialog), QString());
    }
}

QTEST_MAIN(TabOrderTest)
#include "tab_order_test.moc"
