#pragma once

#include "core/base/result.h"
#include "core/settings/settings.h"
#include "core/training/stop_condition.h"

#include <QMap>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <functional>
#include <optional>

namespace flatline {

/// A run as it can be had again: trained anew up to that step it has the same bits.
struct KeptRun {
    Settings experiment; ///< with all that was done by hand
    std::int64_t step = 0;
    bool operator==(const KeptRun&) const = default;
};

/// What is remembered of a window from one start of the program to the next.
struct SessionState {
    Settings experiment; ///< with all that was done by hand: training it anew up to `step` gives the very run
    std::int64_t step = 0;
    bool running = false; ///< it was going on
    /// When it was to stop by itself; none while a lesson is open, whose deeds have their own.
    StopCondition stops = {};
    QString filling;       ///< ViewRow::id of the view that filled the grid; empty: none
    int selectedLayer = 0; ///< the selected neuron, from 1; 0: none
    int selectedNeuron = 0;
    QString lesson;                     ///< that was being taken: a built-in one's id, or a file; empty: none
    int lessonPage = 0;                 ///< from 0
    std::optional<KeptRun> before = {}; ///< the run that the lesson took the place of
    QMap<QString, QString> choices;     ///< what was chosen in the heads of the views: see view_choices.h
    /// The views side by side and the strip, in their order; empty: as the user has them. For a class only.
    QStringList views = {};
    /// The only controls that stay: keys of the experiment file, "kick" and the like; nothing: all. For a class only.
    std::optional<QStringList> controls = {};
    bool ended = false; ///< the window was closed; else the program was cut off
    int attempts = 0;   ///< how many times it was cut off while restoring this
    bool operator==(const SessionState&) const = default;
};

/// What was found at a start.
struct FoundSession {
    std::optional<SessionState> state; ///< nothing: there was none, or none that can be used
    QString trouble;                   ///< why what was there cannot be used, and where it is now; may be empty
};

/// Where a window's session is kept.
struct SessionFiles {
    std::function<Result<void>(const SessionState&)> save; ///< any thread, one call at a time
    std::function<void()> forget;
};

/// Whether the user wants sessions to be kept and restored (QSettings); yes unless told otherwise.
[[nodiscard]] bool sessionsWanted();
void setSessionsWanted(bool wanted);

} // namespace flatline
