#pragma once

#include "core/training/worker.h"

#include <QObject>

namespace flatline {

class Actions;
class Lab;
class TimelineCard;
class ViewGrid;

/// Travelling through the run: the timeline, the actions that jump to events, and the charts that are pointed at.
class TimeActions : public QObject {
    Q_OBJECT
public:
    /// lab may be null: then nothing can be selected.
    TimeActions(const Actions& actions, TimelineCard& card, ViewGrid& views, Lab* lab, QObject* parent);

signals:
    void commandWished(const flatline::Command& command);
    void nothingFound(const QString& text);
};

} // namespace flatline
