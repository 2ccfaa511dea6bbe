#pragma once

#include "ui/fields/landscape_show.h"
#include "ui/fields/loss_scale.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QRectF>
#include <QString>

#include <cstdint>
#include <optional>

class QPainter;

namespace flatline {

/// Where the parts of the landscape's picture stand.
struct LandscapeLayout {
    QRectF plot;       ///< [-extent, extent] in both directions, b upwards
    QRectF bar;        ///< the colours' scale
    QRectF firstLine;  ///< under the ticks: the first axis's name
    QRectF secondLine; ///< the note; the same line where both fit
    QRectF readout;    ///< at the left of the second line; empty where there is none

    [[nodiscard]] QPointF place(double a, double b, double extent) const;
    [[nodiscard]] QPointF coordinates(QPointF point, double extent) const; ///< the way back
};

/// Everything in the picture that does not follow the mouse.
struct LandscapeScene {
    const Surface& surface;
    LossScale scale;
    QString firstAxis;
    QString secondAxis;
    QString note;                     ///< "a 2-D slice of a space of 114 dimensions"
    int classes = 0;                  ///< for the chance level ln(classes); 0: it has none
    std::optional<std::int64_t> kick; ///< step of the latest kick
    LandscapeShow show = {};
    QString shortNote = {}; ///< where there is no room for the note; empty: that is cut off
};

/// `readout`: the widest one to be expected, so that nothing moves when it changes; may be empty.
[[nodiscard]] LandscapeLayout layOutLandscape(QSizeF size, const QString& firstAxis, const QString& note,
                                              const QString& readout = {});
/// Draws the scene; the loss's image in the painter's device resolution.
void paintLandscape(QPainter& painter, const LandscapeLayout& layout, const LandscapeScene& scene, const Theme& theme);

} // namespace flatline
