#include "ui/widgets/number_box.h"

#include "ui/theme/theme.h"
#include "ui/widgets/undo_beyond.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QStyle>
#include <QWheelEvent>

#include <algorithm>
#include <array>
#include <cmath>

namespace flatline {

namespace {

/// The next of ..., 0.1, 0.2, 0.5, 1, 2, 5, ... above (direction 1) or below (-1) a positive value.
double nextInDecades(double value, int direction) {
    constexpr std::array<double, 5> mantissas{0.5, 1.0, 2.0, 5.0, 10.0};
    const double decade = std::pow(10.0, std::floor(std::log10(value)));
    const double slack = 1e-6 * value;
    if (direction > 0) {
        for (const double mantissa : mantissas)
            if (mantissa * decade > value + slack)
                return mantissa * decade;
        return 20.0 * decade;
    }
    for (auto mantissa = mantissas.rbegin(); mantissa != mantissas.rend(); ++mantissa)
        if (*mantissa * decade < value - slack)
            return *mantissa * decade;
    return 0.5 * decade;
}

/// Without the dust of repeated additions: 12 significant digits.
double rounded(double value) {
    if (value == 0.0)
        return 0.0;
    const double scale = std::pow(10.0, 11.0 - std::floor(std::log10(std::abs(value))));
    return std::round(value * scale) / scale;
}

} // namespace

NumberBox::NumberBox(const Range& range, QWidget* parent)
    : QAbstractSpinBox(parent)
    , m_range(range) {
    setFocusPolicy(Qt::StrongFocus);
    setFixedHeight(24);
    connect(lineEdit(), &QLineEdit::textEdited, this, [this] {
        m_typing = lineEdit()->isModified(); // the text's own undo leads back to what stood there
        if (!m_typing)
            setProblem({});
    });
    letUndoPass(this, lineEdit());
    write();
}

void NumberBox::setDecoration(const QString& prefix, const QString& suffix, const QString& placeholder) {
    m_prefix = prefix;
    m_suffix = suffix;
    lineEdit()->setPlaceholderText(placeholder);
    const int left = prefix.isEmpty() ? 0 : fontMetrics().horizontalAdvance(prefix) + 6;
    const int right = suffix.isEmpty() ? 0 : fontMetrics().horizontalAdvance(suffix) + 4;
    lineEdit()->setTextMargins(left, 0, right, 0);
    update();
}

void NumberBox::showNumber(std::optional<double> number) {
    m_number = number;
    if (!m_typing)
        write();
}

void NumberBox::write() {
    QString text;
    if (m_number) {
        QLocale spelling = locale();
        spelling.setNumberOptions(QLocale::OmitGroupSeparator | QLocale::OmitLeadingZeroInExponent);
        const double size = std::abs(*m_number);
        const char form = size == 0.0 || (size >= 1e-4 && size < 1e15) ? 'f' : 'g';
        text = spelling.toString(*m_number, form, QLocale::FloatingPointShortest);
        text.replace(QLatin1Char('-'), QChar(0x2212)); // as everywhere on screen; either is read
    }
    if (lineEdit()->text() != text || lineEdit()->isModified()) // what was typed is no step to undo any more
        lineEdit()->setText(text);
    lineEdit()->setCursorPosition(0); // a long number shows its first digits
    setProblem({});
}

std::optional<double> NumberBox::read(const QString& text, bool& valid) const {
    const QString trimmed = text.trimmed();
    valid = m_range.mayBeEmpty;
    if (trimmed.isEmpty())
        return {};
    QString plain = trimmed;
    plain.replace(QChar(0x2212), QLatin1Char('-'));
    double value = locale().toDouble(plain, &valid);
    if (!valid) // what other programs write is understood as well
        value = QLocale::c().toDouble(plain, &valid);
    valid = valid && std::isfinite(value) && value >= m_range.minimum && value <= m_range.maximum &&
            (m_range.steps != Steps::Integer || value == std::floor(value));
    return value;
}

void NumberBox::commit() {
    if (!m_typing)
        return;
    bool valid = false;
    const std::optional<double> value = read(lineEdit()->text(), valid);
    if (!valid) {
        const QString low = locale().toString(m_range.minimum, 'g', 6);
        const QString high = locale().toString(m_range.maximum, 'g', 6);
        setProblem(m_range.steps == Steps::Integer ? tr("A whole number from %1 to %2, please.").arg(low, high)
                                                   : tr("A number from %1 to %2, please.").arg(low, high));
        return;
    }
    m_typing = false;
    const bool changed = value != m_number;
    m_number = value;
    write();
    if (changed)
        emit numberWished(value);
}

void NumberBox::setProblem(const QString& problem) {
    if (problem == m_problem)
        return;
    m_problem = problem;
    update();
    emit problemChanged(problem);
}

double NumberBox::stepped(double from, int steps) const {
    double value = from;
    if (m_range.steps != Steps::Decades)
        return rounded(from + steps * m_range.step);
    for (int i = 0; i < std::abs(steps); ++i) {
        if (steps > 0)
            value = value < m_range.smallest ? m_range.smallest : nextInDecades(value, 1);
        else
            value = value <= m_range.smallest * 1.000001 ? m_range.minimum : nextInDecades(value, -1);
    }
    return rounded(value);
}

void NumberBox::stepBy(int steps) {
    commit();
    const double from = m_number.value_or(m_range.minimum);
    const double value = std::clamp(stepped(from, steps), m_range.minimum, m_range.maximum);
    m_typing = false;
    const bool changed = m_number != value;
    m_number = value;
    write();
    lineEdit()->selectAll();
    if (changed)
        emit numberWished(value);
}

QAbstractSpinBox::StepEnabled NumberBox::stepEnabled() const {
    StepEnabled enabled = StepNone;
    if (!m_number || *m_number < m_range.maximum)
        enabled |= StepUpEnabled;
    if (!m_number || *m_number > m_range.minimum)
        enabled |= StepDownEnabled;
    return enabled;
}

QValidator::State NumberBox::validate(QString& input, int&) const {
    bool valid = false;
    (void)read(input, valid);
    return valid ? QValidator::Acceptable : QValidator::Intermediate; // anything may be typed; commit() judges
}

void NumberBox::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        commit();
        if (m_problem.isEmpty())
            lineEdit()->selectAll();
        return;
    }
    if (event->key() == Qt::Key_Escape && m_typing) {
        m_typing = false;
        write();
        return;
    }
    QAbstractSpinBox::keyPressEvent(event);
}

void NumberBox::focusOutEvent(QFocusEvent* event) {
    commit();
    QAbstractSpinBox::focusOutEvent(event);
}

void NumberBox::wheelEvent(QWheelEvent* event) {
    if (hasFocus())
        QAbstractSpinBox::wheelEvent(event);
    else
        event->ignore(); // the panel scrolls; no setting changes under a passing wheel
}

void NumberBox::paintEvent(QPaintEvent* event) {
    QAbstractSpinBox::paintEvent(event);
    QPainter painter(this);
    const Theme& theme = themeOf(this);
    const QRect inner = lineEdit()->geometry();
    painter.setPen(isEnabled() ? theme.muted : theme.line);
    if (!m_prefix.isEmpty())
        painter.drawText(inner.adjusted(3, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, m_prefix);
    if (!m_suffix.isEmpty())
        painter.drawText(inner.adjusted(0, 0, -2, 0), Qt::AlignRight | Qt::AlignVCenter, m_suffix);
    if (!m_problem.isEmpty()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(theme.dead, 1.5));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.75, 0.75, -0.75, -0.75), 4, 4);
    }
}

QSize NumberBox::sizeHint() const {
    return {70, 24};
}

QSize NumberBox::minimumSizeHint() const {
    return {44, 24};
}

} // namespace flatline
