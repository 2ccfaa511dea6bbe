#pragma once

#include "core/landscape/landscape_worker.h"

#include <QWidget>

class QComboBox;

namespace flatline {

/// The landscape's controls in the card's head: which plane, and how far it reaches.
class LandscapeHead : public QWidget {
    Q_OBJECT
public:
    LandscapeHead(const LandscapeView& wish, QWidget* parent);
    /// Shows a plane (an id of planeTable) without announcing it.
    void showPlane(const QString& id);

signals:
    void planeChosen(const QString& id);
    void extentChosen(double extent);

private:
    QComboBox* m_planes;
    QComboBox* m_extents;
};

} // namespace flatline
