#include "ui/controls/activation_curve.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>

namespace flatline {

ActivationCurve::ActivationCurve(QWidget* parent)
    : QWidget(parent) {
    setFixedSize(44, 24);
}

void ActivationCurve::showActivation(const ActivationRow* row, ActivationParameters parameters) {
    m_row = row;
    m_parameters = parameters;
    update();
}

void ActivationCurve::paintEvent(QPaintEvent*) {
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.border, 1));
    const double ground = height() - 3.5;
    painter.drawLine(QPointF(1, ground), QPointF(width() - 3, ground));
    painter.drawLine(QPointF(width() / 2.0 - 1, 2), QPointF(width() / 2.0 - 1, ground));
    if (m_row == nullptr)
        return;
    constexpr std::size_t points = 61;
    std::array<float, points> z{};
    std::array<float, points> f{};
    for (std::size_t i = 0; i < points; ++i)
        z[i] = -3.0F + 0.1F * static_cast<float>(i);
    m_row->single.value(z.data(), f.data(), points, m_parameters);
    const auto [low, high] = std::minmax_element(f.begin(), f.end());
    const double span = std::max(0.001F, *high - *low);
    QPainterPath path;
    for (std::size_t i = 0; i < points; ++i) {
        const QPointF place(1 + (width() - 4) * static_cast<double>(i) / (points - 1),
                            ground - (ground - 3) * (f[i] - *low) / span);
        if (i == 0)
            path.moveTo(place);
        else
            path.lineTo(place);
    }
    painter.setPen(QPen(isEnabled() ? theme.accent : theme.muted, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(path);
}

} // namespace flatline
