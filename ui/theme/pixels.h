#pragma once

class QPainter;

namespace flatline {

/// Whether it paints into pixels: a file of lines and words gets what it can name.
[[nodiscard]] bool onPixels(const QPainter& painter);

/// From so many rows of pixels on Qt hands smooth pictures, translucent shapes and patterns to other threads and waits
/// for them: a long time where training keeps the processors busy. Pictures of the very size, drawn without
/// smoothing, and opaque shapes never go that way.
inline constexpr int threadedRows = 96;

} // namespace flatline
