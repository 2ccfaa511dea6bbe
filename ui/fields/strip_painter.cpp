#include "ui/fields/strip_painter.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <vector>

namespace flatline {
namespace {

QFont strong(TextRole role) {
    QFont font = fontFor(role);
    font.setWeight(QFont::DemiBold);
    return font;
}

QString fieldNote(const Snapshot& snapshot) {
    if (snapshot.fields == nullptr)
        return {};
    return snapshot.fields->rows > 1 ? QCoreApplication::translate("fields", "where each neuron fires in the plane")
                                     : QCoreApplication::translate("fields", "each neuron's output over x");
}

void paintHeading(QPainter& painter, const StripScene& scene, std::size_t number, const Theme& theme) {
    const StripLayout::Layer& layer = scene.layout.layers[number];
    const QFont font = strong(TextRole::Body);
    const QFontMetricsF metrics(font);
    const int shown = static_cast<int>(number) + 1;
    QString text = QCoreApplication::translate("fields", "Layer %1").arg(shown);
    if (metrics.horizontalAdvance(text) > layer.heading.width())
        text = QCoreApplication::translate("fields", "L%1", "short for: Layer 1").arg(shown);
    painter.setFont(font);
    painter.setPen(theme.text);
    painter.drawText(layer.heading, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, text);
    const double used = metrics.horizontalAdvance(text) + 10.0;
    const QString note = number == 0 ? fieldNote(scene.snapshot) : QString();
    const QFont noteFont = fontFor(TextRole::Axis);
    if (note.isEmpty() || used + QFontMetricsF(noteFont).horizontalAdvance(note) > layer.heading.width())
        return;
    painter.setFont(noteFont);
    painter.setPen(theme.muted);
    painter.drawText(layer.heading.adjusted(used, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, note);
}

void paintCaption(QPainter& painter, const StripScene& scene, NeuronId id, const QRectF& box, const Theme& theme) {
    const QColor color = theme.*cellStyle(lookOf(scene.snapshot, id)).color;
    const QFont font = strong(TextRole::Axis);
    const QFontMetricsF metrics(font);
    const QString number = QString::number(id.neuron);
    QString text = captionText(scene.snapshot, id);
    const QRectF line(box.left() + 2.0, box.bottom() + 2.0, box.width() - 4.0, scene.layout.caption - 2.0);
    painter.setFont(font);
    const double room = box.width() + scene.layout.gap;
    if (metrics.horizontalAdvance(text) > room)
        text.remove(QLatin1Char('%')); // "100 %" is the longest share
    text = text.trimmed();
    const double textWidth = metrics.horizontalAdvance(text);
    if (textWidth > room)
        return;
    const bool both = textWidth + metrics.horizontalAdvance(number) + 4.0 <= line.width();
    painter.setPen(color);
    painter.drawText(line, (both ? Qt::AlignRight : Qt::AlignHCenter) | Qt::AlignVCenter | Qt::TextDontClip, text);
    painter.setPen(theme.text);
    if (both)
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, number);
}

void paintSeparator(QPainter& painter, const StripLayout& layout, std::size_t number, const Theme& theme) {
    if (number == 0 || layout.layers[number].heading.left() <= 0.0 || layout.cell < 28.0)
        return;
    const double x = layout.layers[number].origin.x() - 10.0;
    const double y = layout.layers[number].origin.y();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(theme.border, 1.0));
    painter.drawLine(QPointF(x, y), QPointF(x, y + layout.cell + layout.caption));
}

void paintLayer(QPainter& painter, const StripScene& scene, std::size_t number, const QRectF& visible,
                const Theme& theme) {
    const StripLayout& layout = scene.layout;
    for (NeuronId id{static_cast<int>(number) + 1, 1}; id.neuron <= layout.layers[number].neurons; ++id.neuron) {
        const QRectF box = layout.cellBox(id);
        if (!hasNeuron(scene.snapshot, id) || box.bottom() + layout.caption < visible.top() ||
            box.top() > visible.bottom())
            continue;
        CellContent content{lookOf(scene.snapshot, id), nullptr, nullptr, scene.flash(id),
                            isDormant(diagnosisOf(scene.snapshot, id))};
        if (layout.cell >= smallestFieldCell) {
            content.field = scene.images.image(number, static_cast<std::size_t>(id.neuron - 1));
            content.curve = scene.images.curve(number, static_cast<std::size_t>(id.neuron - 1));
        }
        paintCell(painter, box, content, theme);
        if (layout.caption > 0.0)
            paintCaption(painter, scene, id, box, theme);
    }
}

constexpr double legendSign = 18.0; // glyph and the space after it
constexpr double legendGap = 18.0;

struct LegendItem {
    Glyph glyph;
    QColor Theme::*ink;
    QString text;
    QFont font;
    double width; ///< with glyph and gap
    bool any;
};

/// `text`: the item's words for a number.
LegendItem legendItem(Glyph glyph, QColor Theme::*ink, int count, bool strong,
                      const std::function<QString(int)>& text) {
    LegendItem item{glyph, ink, text(count), fontFor(TextRole::Body), 0.0, count > 0};
    item.font.setWeight(strong ? QFont::DemiBold : QFont::Normal);
    const QFontMetricsF metrics(item.font);
    // The same place for 0 as for 88, so that nothing jumps while training goes on.
    item.width =
        legendSign + std::max(metrics.horizontalAdvance(item.text), metrics.horizontalAdvance(text(88))) + legendGap;
    return item;
}

std::vector<LegendItem> legendItems(const Snapshot& snapshot, bool words) {
    const LookCounts counts = countLooks(snapshot);
    std::vector<LegendItem> items;
    for (const CellStyle& style : cellStyles()) {
        const int count = counts[static_cast<std::size_t>(style.look)];
        if (style.look == CellLook::Leaks && count == 0)
            continue; // only a leaky activation has these
        items.push_back(
            legendItem(style.glyph, style.color, count, style.look == CellLook::Dead && count > 0, [&](int number) {
                return words ? lookCountText(style.look, number) : countText(qint64{number});
            }));
    }
    if (const int dormant = countDormant(snapshot); dormant > 0)
        items.push_back(legendItem(Glyph::WeakPulse, &Theme::text, dormant, false, [words](int number) {
            return words ? dormantCountText(number) : countText(qint64{number});
        }));
    return items;
}

} // namespace

StripFont stripFont() {
    const QFontMetricsF heading(strong(TextRole::Body));
    const QFontMetricsF caption(strong(TextRole::Axis));
    return {std::max(16.0, std::ceil(std::max(heading.height(), caption.height()))),
            std::ceil(heading.horizontalAdvance(QStringLiteral("L100"))),
            std::ceil(caption.horizontalAdvance(percentText(0.5)))};
}

void paintCells(QPainter& painter, const StripScene& scene, const QRectF& visible, const Theme& theme) {
    for (std::size_t number = 0; number < scene.layout.layers.size(); ++number) {
        if (scene.layout.layers[number].heading.top() > visible.bottom())
            break;
        paintHeading(painter, scene, number, theme);
        paintSeparator(painter, scene.layout, number, theme);
        paintLayer(painter, scene, number, visible, theme);
    }
    if (hasNeuron(scene.snapshot, scene.selected))
        paintSelectionRing(painter, scene.layout.cellBox(scene.selected), scene.layout.gap + 1.0, theme);
}

void paintLegend(QPainter& painter, const QRectF& line, const Snapshot& snapshot, NeuronId selected,
                 const Theme& theme) {
    std::vector<LegendItem> items = legendItems(snapshot, true);
    const auto widthOf = [](const std::vector<LegendItem>& all) {
        return std::accumulate(all.begin(), all.end(), 0.0,
                               [](double sum, const LegendItem& item) { return sum + item.width; });
    };
    if (widthOf(items) - legendGap > line.width()) // the glyphs say it without the words
        items = legendItems(snapshot, false);
    double left = line.left();
    for (const LegendItem& item : items) {
        if (left + item.width - legendGap > line.right() + 1.0)
            return;
        const QRectF sign(left, line.center().y() - 7.0, 14.0, 14.0);
        paintGlyph(painter, item.glyph, sign, theme.*item.ink);
        painter.setFont(item.font);
        painter.setPen(item.any ? theme.text : theme.muted);
        painter.drawText(QRectF(left + legendSign, line.top(), item.width, line.height()),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, item.text);
        left += item.width;
    }
    const QFont font = fontFor(TextRole::Body);
    painter.setFont(font);
    painter.setPen(theme.muted);
    const QRectF rest = line.adjusted(left + 4.0 - line.left(), 0, 0, 0);
    const QFontMetricsF metrics(font);
    QString text = selectionText(snapshot, selected);
    if (!text.isEmpty() && metrics.horizontalAdvance(text) > rest.width()) // the ring says which it is
        text = stateText(snapshot, selected);
    if (rest.width() > 40.0)
        painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(text, Qt::ElideRight, rest.width()));
}

} // namespace flatline
