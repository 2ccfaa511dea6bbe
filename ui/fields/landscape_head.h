#pragma once

#include "core/landscape/landscape_worker.h"
#include "ui/fields/landscape_show.h"

#include <QVariant>
#include <QWidget>

class QComboBox;

namespace flatline {

class HeadSwitch;

/// The planes of planeTable(), by their ids, and the extents, as numbers: in the card's head and in the panel.
[[nodiscard]] QComboBox* newPlaneCombo(QWidget* parent);
[[nodiscard]] QComboBox* newExtentCombo(QWidget* parent);
/// Shows the item of that data without announcing it.
void chooseQuietly(QComboBox* combo, const QVariant& data);

/// The landscape's controls in the card's head: which plane, how far it reaches, and how it is drawn.
class LandscapeHead : public QWidget {
    Q_OBJECT
public:
    explicit LandscapeHead(QWidget* parent);
    /// None of these announces anything.
    void showWish(const LandscapeView& wish);
    void showWay(LandscapeWay way);
    /// In a view of that width; `bare`: only the ways, since a panel has the rest.
    void fitInto(int width, bool bare);

signals:
    void planeChosen(const QString& id);
    void extentChosen(double extent);
    void wayChosen(flatline::LandscapeWay way);

private:
    QComboBox* m_planes;
    QComboBox* m_extents;
    HeadSwitch* m_ways;
};

} // namespace flatline
