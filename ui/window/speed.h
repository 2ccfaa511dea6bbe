#pragma once

#include <QString>

namespace flatline {

/// The speed slider's scale: logarithmic from 1 step a second at 0 to 10,000 at speedPositions - 1; the last position
/// is as fast as it goes, which is 0 steps a second in a SpeedCommand.
inline constexpr int speedPositions = 100;
/// 100 steps a second: slow enough to watch neurons die.
inline constexpr int defaultSpeedPosition = 50;
[[nodiscard]] double speedAt(int position);
[[nodiscard]] int speedPosition(double stepsPerSecond); ///< whose speed is nearest
[[nodiscard]] QString speedText(double stepsPerSecond); ///< "480 /s"; "max" for 0

} // namespace flatline
