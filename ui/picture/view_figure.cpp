#include "ui/picture/view_figure.h"

#include "ui/picture/light_appearance.h"
#include "ui/picture/vector_engine.h"
#include "ui/theme/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QWidget>

#include <optional>

namespace flatline {

namespace {

constexpr double margin = 12.0;
constexpr double headHeight = 30.0;
constexpr double footHeight = 22.0;

void paintHead(QPainter& painter, const ViewFigure& figure, const Theme& theme, double width) {
    const QFont font = fontFor(TextRole::ViewTitle);
    const QFontMetricsF metrics(font);
    const double baseline = (headHeight + metrics.capHeight()) / 2.0 + 1.0;
    painter.setFont(font);
    painter.setPen(theme.text);
    painter.drawText(QPointF(margin, baseline), figure.title);
    const double left = margin + metrics.horizontalAdvance(figure.title) + 8.0;
    const QFont second = fontFor(TextRole::Body);
    painter.setFont(second);
    painter.setPen(theme.muted);
    painter.drawText(QPointF(left, baseline),
                     QFontMetricsF(second).elidedText(figure.subtitle, Qt::ElideRight, width - margin - left));
}

/// One after the other, those in front later.
void paintOneByOne(QPainter& painter, VectorEngine& engine, QWidget& widget, QPoint at) {
    engine.setOrigin(at);
    widget.render(&painter, QPoint(), QRegion(), QWidget::RenderFlags());
    for (QObject* child : widget.children()) {
        auto* inner = qobject_cast<QWidget*>(child);
        if (inner != nullptr && !inner->isWindow() && inner->isVisibleTo(&widget))
            paintOneByOne(painter, engine, *inner, at + inner->pos());
    }
}

void paintView(QPainter& painter, QWidget& view, QPoint at) {
    painter.save();
    if (auto* engine = dynamic_cast<VectorEngine*>(painter.paintEngine())) {
        paintOneByOne(painter, *engine, view, at);
        engine->setOrigin({});
    } else {
        view.render(&painter, at, QRegion(), QWidget::DrawChildren);
    }
    painter.restore();
}

} // namespace

QSizeF ViewFigure::size() const {
    return {view->width() + 2.0 * margin,
            view->height() + headHeight + (footer.isEmpty() ? margin / 2.0 : footHeight + 4.0)};
}

void ViewFigure::paint(QPainter& painter) const {
    std::optional<LightAppearance> appearance;
    if (light)
        appearance.emplace(*view);
    const Theme& theme = themeOf(view);
    const QSizeF whole = size();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(QRectF(QPointF(), whole), theme.surface);
    paintHead(painter, *this, theme, whole.width());
    paintView(painter, *view, {static_cast<int>(margin), static_cast<int>(headHeight)});
    if (footer.isEmpty())
        return;
    const QFont font = fontFor(TextRole::Axis);
    painter.setFont(font);
    painter.setPen(theme.muted);
    const double baseline = whole.height() - (footHeight - QFontMetricsF(font).capHeight()) / 2.0;
    painter.drawText(QPointF(margin, baseline),
                     QFontMetricsF(font).elidedText(footer, Qt::ElideRight, whole.width() - 2.0 * margin));
}

} // namespace flatline
