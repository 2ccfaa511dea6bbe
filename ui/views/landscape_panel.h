#pragma once

#include "ui/fields/landscape_state.h"

#include <QScrollArea>

#include <vector>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;

namespace flatline {

class FactList;
class LossLegend;

/// Beside a landscape that fills the grid: what is drawn, what is shown of it, the colours, what is known of the ball's
/// place.
class LandscapePanel : public QScrollArea {
    Q_OBJECT
public:
    explicit LandscapePanel(QWidget* parent = nullptr);

    void showState(const LandscapeState& state);

    static constexpr int panelWidth = 248;

signals:
    void planeChosen(const QString& id);
    void extentChosen(double extent);
    void sideChosen(int side);
    void neuronChosen(flatline::NeuronId neuron);
    void showChosen(const flatline::LandscapeShow& show);

private:
    void addChoices(QGridLayout& grid);
    void addSwitches(QGridLayout& grid);
    void listNeurons();

    LandscapeState m_state;
    QComboBox* m_planes;
    QComboBox* m_neurons;
    QComboBox* m_extents;
    QComboBox* m_sides;
    std::vector<QCheckBox*> m_switches; ///< in the order of landscapeShowRows()
    LossLegend* m_legend;
    FactList* m_facts;
    QLabel* m_explanation;
    QStringList m_names; ///< of the neurons listed
};

} // namespace flatline
