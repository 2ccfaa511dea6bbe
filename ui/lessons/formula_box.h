#pragma once

#include "ui/lessons/formula_node.h"

#include <QFont>
#include <QPainterPath>
#include <QPointF>

#include <vector>

class QColor;
class QPaintDevice;
class QPainter;

namespace flatline {

/// A formula that is laid out: texts and strokes around the left end of its baseline (0, 0), y downwards, in pixels of
/// the device it was laid out for.
struct FormulaBox {
    struct Text {
        QPointF at; ///< where its baseline starts
        QString text;
        QFont font;
    };
    struct Stroke {
        QPainterPath path;
        qreal width = 0.0; ///< of the pen
    };

    qreal width = 0.0;
    qreal ascent = 0.0;  ///< above the baseline
    qreal descent = 0.0; ///< below it
    std::vector<Text> texts = {};
    std::vector<Stroke> strokes = {};

    [[nodiscard]] qreal height() const { return ascent + descent; }
    /// Takes over what another one draws, moved by `by`. The measures stay as they are.
    void draw(const FormulaBox& other, QPointF by);
    /// The same, and grows as far as it needs to hold it.
    void hold(const FormulaBox& other, QPointF by);
    /// `baseline`: where the left end of the baseline comes to stand.
    void paint(QPainter& painter, QPointF baseline, const QColor& color) const;
};

/// `font`: of the upright text at full size. Device null: the screen's measures.
[[nodiscard]] FormulaBox layOutFormula(const FormulaNode& formula, const QFont& font, const QPaintDevice* device);

} // namespace flatline
