#include "ui/views/view_card.h"

#include "ui/theme/theme.h"

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

constexpr QSize leastSize(240, 120);

QString rowText(const char* text) {
    return QCoreApplication::translate("views", text);
}

/// A label that gives way: in a narrow card it drops what stands behind a comma, then it ends in an ellipsis.
class HeadLabel : public QLabel {
public:
    HeadLabel(const QString& text, int least, QWidget* parent)
        : QLabel(text, parent)
        , m_least(least) {}
    QSize sizeHint() const override {
        return {widthOf(text().section(QLatin1Char(','), 0, 0)), QLabel::sizeHint().height()};
    }
    QSize minimumSizeHint() const override { return {std::min(m_least, sizeHint().width()), sizeHint().height()}; }

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

    int m_least;
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
    , m_subtitle(new HeadLabel({}, 0, this))
    , m_expand(headButton(QStringLiteral("expand"), tr("Fill the grid"), this))
    , m_more(headButton(QStringLiteral("more"), tr("More"), this)) {
    setProperty("role", QStringLiteral("card"));
    setObjectName(QString::fromLatin1(row.id));
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(rowText(row.title));
    makeHead();
    connect(m_expand, &QToolButton::clicked, this, &ViewCard::expandToggled);
    connect(m_view, &View::subtitleChanged, this, [this] { m_subtitle->setText(m_view->subtitle()); });
    auto* menu = new QMenu(m_more);
    connect(menu->addAction(icon(QStringLiteral("camera")), tr("Save a picture of this view…")), &QAction::triggered,
            this, &ViewCard::savePictureRequested);
    connect(menu->addAction(icon(QStringLiteral("help")), tr("What is this?")), &QAction::triggered, this,
            &ViewCard::showHelp);
    m_more->setMenu(menu);
    m_more->setPopupMode(QToolButton::InstantPopup);
}

void ViewCard::makeHead() {
    auto* title = new HeadLabel(rowText(m_row.title), QWIDGETSIZE_MAX, this);
    title->setFont(fontFor(TextRole::ViewTitle));
    m_subtitle->setProperty("role", "muted");
    m_subtitle->setText(m_view->subtitle());
    auto* head = new QHBoxLayout;
    head->setContentsMargins(12, 4, 6, 0);
    head->setSpacing(8);
    head->addWidget(title);
    head->addWidget(m_subtitle, 1);
    if (QWidget* controls = m_view->headControls()) {
        head->addWidget(controls);
        controls->show();
    }
    head->addWidget(m_expand);
    head->addWidget(m_more);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(2);
    column->addLayout(head);
    auto* body = new QVBoxLayout;
    body->setContentsMargins(10, 0, 8, 2);
    body->addWidget(m_view);
    column->addLayout(body, 1);
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
    else
        QFrame::keyPressEvent(event);
}

void ViewCard::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton)
        emit expandToggled();
}

} // namespace flatline
