#pragma once

#include "ui/controls/section.h"

class QCheckBox;

namespace flatline {

class ActivationCurve;

/// How the network learns. All of it acts at the next step and keeps the weights.
class TrainingSection : public Section {
    Q_OBJECT
public:
    explicit TrainingSection(QWidget* parent = nullptr);
    void showFrame(const Frame& frame) override;

private:
    void addActivation();
    void addOptimizer();
    void addSteps();
    void addDecay();
    void showActivation(const Settings& settings);
    void showOptimizer(const std::string& id);
    void showLethal();
    void switchBiasDecay(bool on);

    QComboBox* m_activation = nullptr;
    ActivationCurve* m_curve = nullptr;
    NumberBox* m_alpha = nullptr;
    QLabel* m_alphaLabel = nullptr;
    QLabel* m_slopeLabel = nullptr;
    QComboBox* m_optimizer = nullptr;
    NumberBox* m_momentum = nullptr;
    QLabel* m_lethal = nullptr;
    ValueSlider* m_rate = nullptr;
    QLabel* m_batches = nullptr;
    NumberBox* m_decay = nullptr;
    QCheckBox* m_decayBiases = nullptr;
    NumberBox* m_biasDecay = nullptr;
    double m_rememberedBiasDecay = 0.001; ///< what the switch turns on: the last lambda that was not 0
    NetworkSettings m_shownNetwork;
    bool m_shownOnce = false;
    Frame m_frame; ///< its selection and analysis
};

} // namespace flatline
