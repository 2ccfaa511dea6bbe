#pragma once

#include "ui/fields/landscape_show.h"
#include "ui/solid/ball.h"
#include "ui/solid/camera.h"
#include "ui/solid/height_scale.h"

#include <QImage>
#include <QSizeF>
#include <QString>

#include <cstdint>
#include <memory>
#include <optional>

namespace flatline {

/// How much time a picture may take.
enum class SolidDetail {
    Draft,  ///< while it is turned: a coarse surface, half the pixels where there are many
    Lively, ///< while the run goes on: every pixel once
    Fine    ///< at rest: every pixel four times, so that the hill's outline is smooth
};

/// All that a picture of the solid is made of. Plain values: any thread.
struct SolidScene {
    std::shared_ptr<const Surface> surface; ///< never null, side at least 3
    LossScale colours;
    HeightScale heights;
    Camera camera;
    BallTurn ball = unturned;
    LandscapeShow show;
    QString firstAxis;
    QString secondAxis;
    QString note;                     ///< "a 2-D slice of a space of 114 dimensions"
    QString neuron;                   ///< "L2·4", the one whose dead region it is; empty: none
    int classes = 0;                  ///< for the chance level ln(classes); 0: it has none
    std::optional<std::int64_t> kick; ///< step of the latest kick
    bool dark = false;
    bool bar = true; ///< the colours' scale stands at the right
    QSizeF size;
    double ratio = 1.0; ///< device pixels
    SolidDetail detail = SolidDetail::Fine;
};

/// Where the parts of the picture stand.
struct SolidLayout {
    QRectF plot;        ///< the box
    QRectF bar;         ///< empty where there is none
    QRectF note;        ///< the last line
    bool roomy = false; ///< there is room for words in boxes
};
[[nodiscard]] SolidLayout layOutSolid(QSizeF size, bool bar);

struct SolidPicture {
    SolidScene scene;
    QImage image;            ///< transparent around the solid; of the scene's size and ratio
    Spot ball;               ///< its middle, in the scene's units
    bool ballHidden = false; ///< a hill stands before it; then a ring shows where it is
};

} // namespace flatline
