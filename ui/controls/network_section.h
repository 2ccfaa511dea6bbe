#pragma once

#include "ui/controls/section.h"

namespace flatline {

class LayersEditor;

/// The network's shape and the numbers that it starts from.
class NetworkSection : public Section {
    Q_OBJECT
public:
    explicit NetworkSection(QWidget* parent = nullptr);
    void showFrame(const Frame& frame) override;

private:
    void addLayers();
    void addBatchNorm();
    void addOutput();
    void addWeights();
    void addStartFile();
    void showFittingOutputs(const Snapshot& snapshot);

    QComboBox* m_output = nullptr;
    const void* m_outputsOf = nullptr; ///< the data set, for comparison only
};

} // namespace flatline
