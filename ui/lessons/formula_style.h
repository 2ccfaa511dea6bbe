#pragma once

#include <QFont>
#include <QFontMetricsF>
#include <QPaintDevice>

namespace flatline {

/// How large a part of a formula is drawn.
struct FormulaStyle {
    QFont font;
    const QPaintDevice* device = nullptr; ///< null: the screen's measures
    bool script = false;                  ///< small: closer together, limits beside a sum
    int fractions = 0;                    ///< in so many it stands

    [[nodiscard]] QFontMetricsF metrics(const QFont& of) const {
        // Qt measures with the device, but does not change it.
        return device != nullptr ? QFontMetricsF(of, const_cast<QPaintDevice*>(device)) : QFontMetricsF(of);
    }
    [[nodiscard]] qreal em() const { return metrics(font).ascent() * 1.03; }
    /// The height above the baseline of a minus and of the fractions' line.
    [[nodiscard]] qreal axis() const { return -metrics(font).tightBoundingRect(QChar(0x2212)).center().y(); }
    /// The width of the lines.
    [[nodiscard]] qreal rule() const { return em() * 0.055; }
    [[nodiscard]] FormulaStyle inScript() const { return smaller(script ? 0.85 : 0.72, true); }
    [[nodiscard]] FormulaStyle inFraction() const {
        FormulaStyle inner = smaller(fractions == 0 ? 1.0 : 0.82, script);
        ++inner.fractions;
        return inner;
    }

private:
    [[nodiscard]] FormulaStyle smaller(double by, bool asScript) const {
        FormulaStyle inner = *this;
        inner.font.setPointSizeF(font.pointSizeF() * by);
        inner.script = asScript;
        return inner;
    }
};

constexpr double largeSize = 1.5; ///< a sum's sign beside its text

} // namespace flatline
