#pragma once

#include <QLabel>
#include <QString>

class QFontMetricsF;
class QPainter;
class QPointF;

namespace flatline {

/// Text whose digits all take the room of the widest one, so that a number that changes does not make its
/// neighbours jump. (Inter's own figures differ in width, and Qt before 6.7 cannot ask for its tabular ones.)
[[nodiscard]] qreal tabularWidth(const QFontMetricsF& metrics, const QString& text);
/// `left`: where the baseline starts. The painter's font and pen.
void drawTabular(QPainter& painter, const QPointF& left, const QString& text);

/// A label for numbers: tabular digits, plain text on one line. Never narrower than it has been or than its
/// `reserve`, the longest text expected.
class NumberLabel : public QLabel {
    Q_OBJECT
public:
    explicit NumberLabel(const QString& reserve, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_reserve;
    mutable qreal m_widest = 0.0; ///< for the font of m_height
    mutable qreal m_height = 0.0;
};

} // namespace flatline
