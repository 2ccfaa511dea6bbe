#include "ui/runs/run_button.h"

#include "ui/runs/runs.h"

#include <QPainter>

namespace flatline {
namespace {
constexpr double signSide = 22.0;
constexpr int side = 30;
constexpr int namedWidth = 76;
constexpr int namedHeight = 46;
} // namespace

RunButton::RunButton(std::size_t index, QWidget* parent)
    : QAbstractButton(parent)
    , m_index(index) {
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setName({}, false);
}

void RunButton::setName(const QString& name, bool shown) {
    m_name = name;
    if (shown != m_nameShown) {
        m_nameShown = shown;
        updateGeometry();
    }
    const QString title =
        name.isEmpty() ? tr("Run %1").arg(runLetter(m_index)) : tr("Run %1: %2").arg(runLetter(m_index), name);
    setAccessibleName(title);
    setToolTip(title + QLatin1Char('\n') + tr("Choose it: the controls and the views of one run are about this one."));
    update();
}

QSize RunButton::sizeHint() const {
    return m_nameShown ? QSize(namedWidth, namedHeight) : QSize(side, side);
}

void RunButton::paintEvent(QPaintEvent*) {
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (isChecked() || underMouse()) {
        painter.setPen(isChecked() ? QPen(theme.accent, 1.0) : QPen(Qt::NoPen));
        painter.setBrush(theme.selectedFill);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    }
    const double top = m_nameShown ? 3.0 : (height() - signSide) / 2.0;
    paintRunSign(painter, {(width() - signSide) / 2.0, top, signSide, signSide}, m_index, theme);
    if (!m_nameShown)
        return;
    painter.setFont(fontFor(TextRole::Axis));
    painter.setPen(theme.text);
    const QRectF line(2.0, top + signSide + 2.0, width() - 4.0, height() - top - signSide - 4.0);
    painter.drawText(line, Qt::AlignCenter,
                     QFontMetrics(painter.font()).elidedText(m_name, Qt::ElideRight, width() - 4));
}

} // namespace flatline
