#include "ui/solid/solid_words.h"

#include "ui/fields/glyph.h"
#include "ui/fields/loss_bar.h"
#include "ui/solid/solid_callouts.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace flatline {
namespace {

void paintBoxes(QPainter& painter, const SolidStage& stage) {
    const Surface& surface = *stage.scene.surface;
    std::vector<PlacedCallout> callouts;
    const QPointF top(0.0, -stage.ballSize() - 1.0); // the line must not cross the ball
    callouts.push_back({ballCallout(surface), stage.ballSpot() + top, &Theme::text, {}});
    if (const auto spot = stage.edgeSpot())
        callouts.push_back({*edgeCallout(surface), *spot, &Theme::text, {}});
    if (const auto words = deadCallout(surface); words && stage.scene.show.deadRegion)
        if (const auto spot = stage.deadSpot())
            callouts.push_back({*words, *spot, &Theme::dead, {}});
    const auto lowest = lowestIn(surface);
    if (lowest && lowest->loss < surface.centre)
        if (const auto spot = stage.seenSpotAt(lowest->at))
            callouts.push_back({{QCoreApplication::translate("landscape", "Lowest in view"),
                                 QCoreApplication::translate("landscape", "loss %1").arg(numberText(lowest->loss))},
                                *spot,
                                &Theme::alive,
                                {}});
    if (const auto spot = stage.boltSpot())
        callouts.push_back(
            {{QCoreApplication::translate("fields", "Kick"),
              QCoreApplication::translate("landscape", "step %1").arg(shortCountText(qint64{*stage.scene.kick}))},
             *spot - QPointF(0.0, 11.0), // its top: the sign stays free
             &Theme::kick,
             {}});
    paintCallouts(painter, placeCallouts(std::move(callouts), stage.layout.plot.adjusted(-40, -8, 20, 0), {}),
                  stage.theme);
}

void paintBallWords(QPainter& painter, const SolidStage& stage) {
    QFont font = fontFor(TextRole::Axis);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    QString words = QCoreApplication::translate("fields", "now %1").arg(numberText(stage.scene.surface->centre));
    if (liesStill(*stage.scene.surface))
        words += QStringLiteral(" · ") + QCoreApplication::translate("fields", "does not roll");
    const QPointF ball = stage.ballSpot();
    const double radius = stage.ballSize();
    const double width = QFontMetricsF(font).horizontalAdvance(words);
    const double left = std::clamp(ball.x() - width / 2.0, 4.0, std::max(4.0, stage.scene.size.width() - width - 4.0));
    paintCasedText(painter, {left, std::max(ball.y() - radius - 7.0, 12.0)}, words);
}

/// In the last line. A solid that was zoomed reaches down to it with its axes: these give way.
void paintNote(QPainter& painter, const SolidStage& stage, const QString& words, Qt::Alignment side) {
    const QFontMetricsF metrics(painter.font());
    const QString said = metrics.elidedText(words, Qt::ElideRight, stage.layout.note.width());
    QRectF ground = stage.layout.note;
    ground.setWidth(metrics.horizontalAdvance(said));
    if (side == Qt::AlignRight)
        ground.moveRight(stage.layout.note.right());
    QColor veil = stage.theme.surface;
    veil.setAlphaF(0.9F);
    painter.fillRect(ground.adjusted(-4.0, -1.0, 4.0, 0.0), veil);
    painter.setPen(stage.theme.muted);
    painter.drawText(stage.layout.note, static_cast<int>(side | Qt::AlignVCenter), said);
}

} // namespace

void paintSolidFrame(QPainter& painter, const SolidStage& stage) {
    painter.setFont(fontFor(TextRole::Axis));
    if (stage.scene.bar && anyFinite(*stage.scene.surface))
        paintLossBar(painter, stage.layout.bar, Qt::Vertical, stage.scene.colours, stage.scene.classes, stage.theme);
    const QFontMetricsF metrics(painter.font());
    paintNote(painter, stage, stage.scene.note, Qt::AlignRight);
    const QString hint =
        QCoreApplication::translate("fields", "drag or arrow keys turn · wheel or + and − zoom · 0 resets");
    if (metrics.horizontalAdvance(hint) + metrics.horizontalAdvance(stage.scene.note) + 40.0 <
        stage.layout.note.width())
        paintNote(painter, stage, hint, Qt::AlignLeft);
    if (anyFinite(*stage.scene.surface))
        return;
    painter.setFont(fontFor(TextRole::Body));
    painter.setPen(stage.theme.text);
    painter.drawText(stage.layout.plot, Qt::AlignHCenter | Qt::AlignTop,
                     QCoreApplication::translate("fields", "The loss is finite nowhere in this picture"));
}

void paintSolidWords(QPainter& painter, const SolidStage& stage) {
    if (stage.layout.roomy)
        paintBoxes(painter, stage);
    else
        paintBallWords(painter, stage);
}

} // namespace flatline
