#include "ui/views/view_card.h"

#include "ui/theme/tab_order.h"
#include "ui/theme/theme.h"
#include "ui/views/view_title.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPainter>
#include <QToolButton>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>

namespace flatline {

namespace {

constexpr int controlsPlace = 2;     // in the head: after the titles, before the buttons
constexpr QSize leastSize(200, 100); // a third of the grid in the smallest window, with the panel open

QString rowText(const char* text) {
    return QCoreApplication::translate("views", text);
}

/// A label that gives way: in a narrow card it drops what stands behind a comma, then it ends in an ellipsis.
class HeadLabel : public QLabel {
public:
    using QLabel::QLabel;
    QSize sizeHint() const override {
        return {widthOf(text().section(QLatin1Char(','), 0, 0)), QLabel::sizeHint().height()};
    }
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent*) override {
        QString shown = text();
        while (widthOf(shown) > width() && shown.contains(QLatin1Char(',')))
            shown.truncate(shown.lastIndexOf(QLatin1Char(',')));
        QPainter painter(this);
        painter.setPen(palette().color(foregroundRole()));
        painter.setFont(font());
        painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeft,
                         fontMetrics().elidedText(shown, Qt::ElideRight, width()));
    }

private:
    [[nodiscard]] int widthOf(const QString& words) const { return fontMetrics().horizontalAdvance(words) + 1; }
};

QToolButton* headButton(const QString& name, const QString& words, QWidget* parent) {
    auto* button = new QToolButton(parent);
    button->setIcon(icon(name));
    button->setIconSize({16, 16});
    button->setToolTip(words);
    button->setAccessibleName(words);
    return button;
}

} // namespace

ViewCard::ViewCard(const ViewRow& row, QWidget* parent)
    : QFrame(parent)
    , m_row(row)
    , m_view(row.make(this))
    , m_title(new ViewTitle(row, this))
    , m_subtitle(new HeadLabel(this))
    , m_expand(headButton(QStringLiteral("expand"), tr("Fill the grid"), this))
    , m_more(headButton(QStringLiteral("more"), tr("More"), this)) {
    setProperty("role", QStringLiteral("card"));
    setObjectName(QString::fromLatin1(row.id));
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(rowText(row.title));
    makeHead();
    connect(m_expand, &QToolButton::clicked, this, &ViewCard::expandToggled);
    connect(m_title, &ViewTitle::viewChosen, this, &ViewCard::viewChosen);
    connect(m_view, &View::subtitleChanged, this, [this] { m_subtitle->setText(m_view->subtitle()); });
    auto* menu = new QMenu(m_more);
    connect(menu->addAction(tr("Copy a picture of this view")), &QAction::triggered, this,
            &ViewCard::copyPictureRequested);
    connect(menu->addAction(icon(QStringLiteral("camera")), tr("Save a picture of this view…")), &QAction::triggered,
            this, &ViewCard::savePictureRequested);
    connect(menu->addAction(icon(QStringLiteral("help")), tr("What is this?")), &QAction::triggered, this,
            &ViewCard::showHelp);
    m_more->setMenu(menu);
    m_more->setPopupMode(QToolButton::InstantPopup);
}

void ViewCard::makeHead() {
    m_subtitle->setProperty("role", "muted");
    m_subtitle->setText(m_view->subtitle());
    m_head = new QHBoxLayout;
    m_head->setContentsMargins(8, 4, 6, 0);
    m_head->setSpacing(6);
    m_head->addWidget(m_title);
    m_head->addWidget(m_subtitle, 1);
    m_head->addWidget(m_expand);
    m_head->addWidget(m_more);
    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins(1, 1, 1, 1);
    m_column->setSpacing(2);
    m_column->addLayout(m_head);
    m_controls = m_view->headControls();
    if (m_controls != nullptr) {
        m_head->insertWidget(controlsPlace, m_controls);
        m_controls->show();
    }
    auto* body = new QVBoxLayout;
    body->setContentsMargins(10, 0, 8, 2);
    body->addWidget(m_view);
    m_column->addLayout(body, 1);
    orderTabsAsRead(this); // the view made its controls first
}

/// In a narrow card the view's controls stand in a line of their own below the title.
void ViewCard::fitControls() {
    if (m_controls == nullptr)
        return;
    int needed = m_head->minimumSize().width();
    if (m_below != nullptr)
        needed += m_controls->minimumSizeHint().width() + m_head->spacing();
    const bool below = needed + 2 > width();
    if (below == (m_below != nullptr))
        return;
    if (below) {
        m_head->removeWidget(m_controls);
        m_below = new QHBoxLayout;
        m_below->setContentsMargins(10, 0, 6, 0);
        m_below->addWidget(m_controls);
        m_below->addStretch();
        m_column->insertLayout(1, m_below);
    } else {
        m_below->removeWidget(m_controls);
        delete m_below;
        m_below = nullptr;
        m_head->insertWidget(controlsPlace, m_controls);
    }
}

void ViewCard::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    fitControls();
}

QSize ViewCard::minimumSizeHint() const {
    return leastSize;
}

void ViewCard::setExpanded(bool expanded) {
    m_expanded = expanded;
    const QString words = expanded ? tr("Back to all views") : tr("Fill the grid");
    m_expand->setIcon(icon(expanded ? QStringLiteral("collapse") : QStringLiteral("expand")));
    m_expand->setToolTip(words);
    m_expand->setAccessibleName(words);
}

QString ViewCard::help() const {
    return rowText(m_row.help) + QStringLiteral("\n\n") + m_view->summary();
}

void ViewCard::showHelp() {
    QMessageBox::information(this, rowText(m_row.title), help());
}

bool ViewCard::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* place = static_cast<QHelpEvent*>(event);
        // Rich text wraps; a plain one would be a single line across the screen.
        const QString text = help().toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"));
        QToolTip::showText(place->globalPos(), QStringLiteral("<p>%1</p>").arg(text), this);
        return true;
    }
    return QFrame::event(event);
}

void ViewCard::focusInEvent(QFocusEvent* event) {
    setAccessibleDescription(m_view->summary());
    QFrame::focusInEvent(event);
}

void ViewCard::keyPressEvent(QKeyEvent* event) {
    if ((event->key() == Qt::Key_Escape && m_expanded) || event->key() == Qt::Key_Return)
        emit expandToggled();
    else if (event->key() == Qt::Key_Down && event->modifiers().testFlag(Qt::AltModifier))
        m_title->showMenu();
    else
        QFrame::keyPressEvent(event);
}

void ViewCard::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton)
        emit expandToggled();
}

} // namespace flatline
