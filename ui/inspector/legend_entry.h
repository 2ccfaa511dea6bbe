#pragma once

#include "ui/fields/glyph.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;

namespace flatline {

/// A line of a legend: a glyph, a heading in its colour, and a sentence.
class LegendEntry : public QWidget {
    Q_OBJECT
public:
    explicit LegendEntry(QWidget* parent);
    void showEntry(Glyph glyph, QColor Theme::*ink, const QString& heading, const QString& text);
    [[nodiscard]] QString summary() const { return m_heading + QStringLiteral(": ") + m_text; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void write();

    Glyph m_glyph = Glyph::None;
    QColor Theme::*m_ink = &Theme::text;
    QString m_heading;
    QString m_text;
    QLabel* m_words;
};

} // namespace flatline
