#pragma once

#include "ui/solid/solid_stage.h"

class QPainter;

namespace flatline {

/// The colours' scale and the last line, and what is to be said where nothing is finite.
void paintSolidFrame(QPainter& painter, const SolidStage& stage);
/// What the picture shows, in boxes; where there is no room for them, a few words beside the ball.
void paintSolidWords(QPainter& painter, const SolidStage& stage);

} // namespace flatline
