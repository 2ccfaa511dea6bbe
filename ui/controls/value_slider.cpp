#include "ui/controls/value_slider.h"

#include "ui/theme/theme.h"

#include <QMouseEvent>
#include <QPainter>
#include <QSignalBlocker>
#include <QStyle>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace flatline {

namespace {

constexpr int positions = 600;
constexpr int handleWidth = 16; ///< as the style sheet draws it
constexpr double hatchHeight = 12.0;

/// Two significant digits: finer than a pixel of the slider on any of its scales.
double tidy(double value) {
    if (value == 0.0)
        return 0.0;
    const double scale = std::pow(10.0, 1.0 - std::floor(std::log10(std::abs(value))));
    return std::round(value * scale) / scale;
}

} // namespace

ValueSlider::ValueSlider(double minimum, double maximum, Scale scale, QWidget* parent)
    : QSlider(Qt::Horizontal, parent)
    , m_minimum(minimum)
    , m_maximum(maximum)
    , m_scale(scale) {
    setRange(0, positions);
    setSingleStep(positions / 60);
    setPageStep(positions / 6);
    setTracking(false);
    setFixedHeight(24);
    setMinimumWidth(48);
    setFocusPolicy(Qt::StrongFocus);
    connect(this, &QSlider::sliderMoved, this, [this](int position) { emit dragged(numberAt(position)); });
    connect(this, &QSlider::valueChanged, this, [this](int position) { emit numberWished(numberAt(position)); });
}

double ValueSlider::numberAt(int position) const {
    if (position <= 0)
        return m_minimum;
    if (position >= positions)
        return m_maximum;
    const double share = static_cast<double>(position) / positions;
    const double value = m_scale == Scale::Linear ? m_minimum + share * (m_maximum - m_minimum)
                                                  : m_minimum * std::pow(m_maximum / m_minimum, share);
    return tidy(value);
}

int ValueSlider::positionOf(double number) const {
    const double value = std::clamp(number, m_minimum, m_maximum);
    const double share = m_scale == Scale::Linear ? (value - m_minimum) / (m_maximum - m_minimum)
                                                  : std::log(value / m_minimum) / std::log(m_maximum / m_minimum);
    return static_cast<int>(std::lround(share * positions));
}

void ValueSlider::showNumber(double number) {
    if (isSliderDown() || positionOf(number) == value())
        return;
    const QSignalBlocker quiet(this);
    setValue(positionOf(number));
    update();
}

void ValueSlider::markFrom(std::optional<double> number, double to) {
    if (number == m_mark && to == m_markEnd)
        return;
    m_mark = number;
    m_markEnd = to;
    update();
}

void ValueSlider::paintEvent(QPaintEvent* event) {
    if (m_mark && *m_mark < m_maximum) {
        const Theme& theme = themeOf(this);
        QPainter painter(this);
        const double share = static_cast<double>(positionOf(*m_mark)) / positions;
        const double left = std::round(handleWidth / 2.0 + share * (width() - handleWidth));
        const double end = static_cast<double>(positionOf(m_markEnd)) / positions;
        const double right = m_markEnd < m_maximum ? handleWidth / 2.0 + end * (width() - handleWidth) : width();
        const QRectF band(left, (height() - hatchHeight) / 2.0, std::max(3.0, right - left), hatchHeight);
        QColor hatch = theme.dead;
        hatch.setAlphaF(0.6F);
        painter.fillRect(band, hatchBrush(hatch, devicePixelRatioF()));
        painter.fillRect(QRectF(left - 1.0, band.top() - 2.0, 2.0, hatchHeight + 4.0), theme.dead);
    }
    QSlider::paintEvent(event);
}

void ValueSlider::wheelEvent(QWheelEvent* event) {
    if (hasFocus())
        QSlider::wheelEvent(event);
    else
        event->ignore();
}

void ValueSlider::mousePressEvent(QMouseEvent* event) {
    // A click beside the handle takes the handle there, so that one drag reaches any value.
    if (event->button() == Qt::LeftButton) {
        const int span = std::max(1, width() - handleWidth);
        const int position = QStyle::sliderValueFromPosition(minimum(), maximum(),
                                                             static_cast<int>(event->position().x()) - handleWidth / 2,
                                                             span, layoutDirection() == Qt::RightToLeft);
        setSliderDown(true);
        setSliderPosition(position);
        setSliderDown(false);
    }
    QSlider::mousePressEvent(event);
}

} // namespace flatline
