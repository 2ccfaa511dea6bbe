#include "ui/lessons/formula_box.h"
#include "ui/lessons/formula_style.h"

#include <QFontMetricsF>

#include <algorithm>
#include <array>
#include <optional>

namespace flatline {

namespace {

using Kind = FormulaNode::Kind;

FormulaBox layOut(const FormulaNode& node, const FormulaStyle& style);

FormulaBox symbolBox(const FormulaNode& node, const FormulaStyle& style) {
    QFont font = style.font;
    font.setItalic(node.symbolClass == SymbolClass::Variable);
    if (node.symbolClass == SymbolClass::Large && !style.script)
        font.setPointSizeF(font.pointSizeF() * largeSize);
    const QFontMetricsF metrics = style.metrics(font);
    const QRectF ink = metrics.tightBoundingRect(node.text);
    FormulaBox box;
    box.width = std::max(metrics.horizontalAdvance(node.text), ink.right());
    qreal lift = 0.0;
    if (node.symbolClass == SymbolClass::Large) // its middle on the line of the fractions
        lift = -ink.center().y() - style.axis();
    box.ascent = std::max(-ink.top() - lift, node.symbolClass == SymbolClass::Large ? 0.0 : metrics.xHeight());
    box.descent = std::max(ink.bottom() + lift, 0.0);
    if (node.symbolClass == SymbolClass::Space)
        box = {style.em() * 0.5, 0.0, 0.0};
    else
        box.texts.push_back({{0.0, lift}, node.text, font});
    return box;
}

/// Between two neighbours, in em.
qreal spaceBetween(const FormulaNode& left, const FormulaNode& right, bool script) {
    const auto classOf = [](const FormulaNode& item) {
        const FormulaNode& base = baseOf(item);
        return base.kind == Kind::Symbol ? base.symbolClass : SymbolClass::Ordinary;
    };
    const SymbolClass a = classOf(left);
    const SymbolClass b = classOf(right);
    const auto either = [a, b](SymbolClass wanted) { return a == wanted || b == wanted; };
    constexpr qreal thin = 3.0 / 18.0;
    constexpr qreal medium = 4.0 / 18.0;
    constexpr qreal thick = 5.0 / 18.0;
    if (either(SymbolClass::Space))
        return 0.0;
    if (either(SymbolClass::Relation))
        return script ? thin / 2.0 : thick;
    const bool fence = right.kind == Kind::Fence || baseOf(right).kind == Kind::Fence || b == SymbolClass::Open;
    if (either(SymbolClass::Words))
        return fence ? 0.0 : medium;
    if (either(SymbolClass::Binary))
        return script ? 0.0 : medium;
    if (b == SymbolClass::Punctuation)
        return 0.0;
    if (a == SymbolClass::Punctuation)
        return script ? thin : medium;
    if (either(SymbolClass::Large))
        return thin;
    if ((a == SymbolClass::Function && !fence) || (b == SymbolClass::Function && a != SymbolClass::Open))
        return thin;
    // Two letters that are multiplied must not look like one name.
    const bool product = a == SymbolClass::Variable && b == SymbolClass::Variable;
    const bool tall = left.kind == Kind::Fraction || right.kind == Kind::Fraction;
    const bool prefix = b == SymbolClass::Prefix && a != SymbolClass::Prefix && a != SymbolClass::Open;
    return product || tall || prefix ? thin : 0.0;
}

FormulaBox rowBox(const FormulaNode& node, const FormulaStyle& style) {
    FormulaBox box;
    const FormulaNode* before = nullptr;
    qreal right = 0.0;
    for (const FormulaNode& part : node.parts) {
        if (before != nullptr)
            right += spaceBetween(*before, part, style.script) * style.em();
        const FormulaBox item = layOut(part, style);
        box.hold(item, {right, 0.0});
        right += item.width;
        before = &part;
    }
    box.width = std::max(box.width, right);
    return box;
}

FormulaBox fractionBox(const FormulaNode& node, const FormulaStyle& style) {
    const FormulaStyle inner = style.inFraction();
    const FormulaBox above = layOut(node.parts[0], inner);
    const FormulaBox below = layOut(node.parts[1], inner);
    const qreal rule = style.rule();
    const qreal gap = style.em() * 0.14 + rule;
    const qreal side = style.em() * 0.08;
    FormulaBox box;
    box.width = std::max(above.width, below.width) + 2.0 * side;
    const qreal axis = -style.axis();
    box.hold(above, {(box.width - above.width) / 2.0, axis - gap - above.descent});
    box.hold(below, {(box.width - below.width) / 2.0, axis + gap + below.ascent});
    QPainterPath line(QPointF(rule / 2.0, axis));
    line.lineTo(box.width - rule / 2.0, axis);
    box.strokes.push_back({line, rule});
    return box;
}

FormulaBox rootBox(const FormulaNode& node, const FormulaStyle& style) {
    const FormulaBox content = layOut(node.parts[0], style);
    const qreal rule = style.rule();
    const qreal gap = style.em() * 0.14;
    const qreal sign = style.em() * 0.62;
    const qreal top = -content.ascent - gap - rule / 2.0;
    const qreal bottom = content.descent + gap / 2.0;
    FormulaBox box;
    box.hold(content, {sign + gap, 0.0});
    box.width += gap;
    box.ascent = -top + rule;
    box.descent = bottom + rule / 2.0;
    const qreal shoulder = bottom - std::min((bottom - top) * 0.55, style.em() * 0.55);
    QPainterPath path(QPointF(rule / 2.0, shoulder + style.em() * 0.08));
    path.lineTo(sign * 0.28, shoulder);
    path.lineTo(sign * 0.55, bottom);
    path.lineTo(sign, top);
    path.lineTo(box.width - rule / 2.0, top);
    box.strokes.push_back({path, rule});
    return box;
}

/// Σ and max have them below and above.
FormulaBox limitsBox(const FormulaNode& node, const FormulaStyle& style) {
    const FormulaBox base = layOut(node.parts[0], style);
    const FormulaBox below = layOut(node.parts[1], style.inScript());
    const FormulaBox above = layOut(node.parts[2], style.inScript());
    const qreal gap = style.em() * 0.12;
    FormulaBox box;
    box.width = std::max({base.width, below.width, above.width});
    const auto middle = [&box](const FormulaBox& part) { return (box.width - part.width) / 2.0; };
    box.hold(base, {middle(base), 0.0});
    if (!node.parts[1].empty())
        box.hold(below, {middle(below), base.descent + gap + below.ascent});
    if (!node.parts[2].empty())
        box.hold(above, {middle(above), -base.ascent - gap - above.descent});
    return box;
}

FormulaBox scriptsBox(const FormulaNode& node, const FormulaStyle& style) {
    const FormulaNode& baseNode = node.parts[0];
    static constexpr std::array limited{"max", "min"};
    const bool name = baseNode.is(SymbolClass::Function) && std::ranges::find(limited, baseNode.text) != limited.end();
    if (!style.script && (baseNode.is(SymbolClass::Large) || name))
        return limitsBox(node, style);
    FormulaBox box = layOut(baseNode, style);
    const FormulaBox below = layOut(node.parts[1], style.inScript());
    const FormulaBox above = layOut(node.parts[2], style.inScript());
    const qreal em = style.em();
    const bool both = !node.parts[1].empty() && !node.parts[2].empty();
    qreal up = std::max({0.38 * em, box.ascent - 0.28 * em, above.descent + style.metrics(style.font).xHeight() / 2.0});
    qreal down = std::max({both ? 0.24 * em : 0.18 * em, box.descent - 0.05 * em});
    if (both) { // they keep off each other
        const qreal gap = (down - below.ascent) + (up - above.descent);
        down += std::max(0.0, 0.12 * em - gap);
    }
    const qreal right = box.width + 0.04 * em;
    if (!node.parts[1].empty())
        box.hold(below, {right, down});
    if (!node.parts[2].empty())
        box.hold(above, {right, -up});
    return box;
}

/// A parenthesis, bracket or brace that reaches from `top` to `bottom`.
FormulaBox tallFence(QChar sign, qreal top, qreal bottom, const FormulaStyle& style) {
    const qreal wide = style.em() * (sign == QLatin1Char('{') || sign == QLatin1Char('}') ? 0.36 : 0.28);
    const qreal rule = style.rule() * 1.15;
    const bool mirrored = sign == QLatin1Char(')') || sign == QLatin1Char(']') || sign == QLatin1Char('}');
    const qreal open = mirrored ? wide * 0.2 : wide * 0.85; // where it opens to the content
    const qreal back = mirrored ? wide * 0.85 : wide * 0.2;
    const qreal middle = (top + bottom) / 2.0;
    QPainterPath path(QPointF(open, top));
    if (sign == QLatin1Char('[') || sign == QLatin1Char(']')) {
        path.lineTo(back, top);
        path.lineTo(back, bottom);
        path.lineTo(open, bottom);
    } else if (sign == QLatin1Char('{') || sign == QLatin1Char('}')) {
        const qreal stem = (open + back) / 2.0;
        const qreal bend = std::min(wide, (bottom - top) / 4.0);
        path.quadTo(stem, top, stem, top + bend);
        path.lineTo(stem, middle - bend);
        path.quadTo(stem, middle, back, middle);
        path.quadTo(stem, middle, stem, middle + bend);
        path.lineTo(stem, bottom - bend);
        path.quadTo(stem, bottom, open, bottom);
    } else {
        const qreal bulge = 2.0 * back - open; // a quadratic curve comes half as far
        path.quadTo(bulge, middle, open, bottom);
    }
    FormulaBox box;
    box.width = wide;
    box.ascent = -top;
    box.descent = bottom;
    box.strokes.push_back({path, rule});
    return box;
}

FormulaBox fenceBox(const FormulaNode& node, const FormulaStyle& style) {
    const FormulaBox content = layOut(node.parts[1], style);
    const FormulaBox plain = layOut(node.parts[0], style);
    const bool tall = content.height() > plain.height() * 1.3 || content.ascent > plain.ascent * 1.25;
    // As far above the line of the fractions as below it.
    const qreal half = std::max(content.ascent - style.axis(), content.descent + style.axis()) + style.rule();
    const auto side = [&](const FormulaNode& sign) {
        return tall ? tallFence(sign.text.front(), -style.axis() - half, half - style.axis(), style)
                    : layOut(sign, style);
    };
    const FormulaBox left = side(node.parts[0]);
    const FormulaBox right = side(node.parts[2]);
    FormulaBox box;
    box.hold(left, {});
    box.hold(content, {left.width, 0.0});
    box.hold(right, {left.width + content.width, 0.0});
    return box;
}

FormulaBox casesBox(const FormulaNode& node, const FormulaStyle& style) {
    std::vector<FormulaBox> cells;
    qreal column = 0.0;
    for (const FormulaNode& part : node.parts) {
        cells.push_back(layOut(part, style));
        if (cells.size() % 2 == 1)
            column = std::max(column, cells.back().width);
    }
    const QFontMetricsF metrics = style.metrics(style.font);
    FormulaBox lines;
    qreal below = 0.0;
    for (std::size_t i = 0; i < cells.size(); i += 2) {
        const qreal ascent = std::max({cells[i].ascent, cells[i + 1].ascent, metrics.capHeight()});
        const qreal baseline = (i == 0 ? 0.0 : below + style.em() * 0.5) + ascent;
        lines.hold(cells[i], {0.0, baseline});
        lines.hold(cells[i + 1], {column + style.em(), baseline});
        below = baseline + std::max(cells[i].descent, cells[i + 1].descent);
    }
    const qreal top = -style.axis() - below / 2.0; // their middle on the line of the fractions
    const qreal reach = style.em() * 0.12;
    const FormulaBox brace = tallFence(QLatin1Char('{'), top - reach, top + below + reach, style);
    FormulaBox box;
    box.hold(brace, {});
    lines.ascent = 0.0;
    lines.descent = below;
    box.hold(lines, {brace.width + style.em() * 0.2, top});
    return box;
}

FormulaBox layOut(const FormulaNode& node, const FormulaStyle& style) {
    using Layout = FormulaBox (*)(const FormulaNode&, const FormulaStyle&);
    static constexpr std::array<Layout, 7> layouts{rowBox,     symbolBox, fractionBox, rootBox,
                                                   scriptsBox, fenceBox,  casesBox}; // as Kind has them
    return layouts[static_cast<std::size_t>(node.kind)](node, style);
}

} // namespace

FormulaBox layOutFormula(const FormulaNode& formula, const QFont& font, const QPaintDevice* device) {
    return layOut(formula, {font, device});
}

} // namespace flatline
