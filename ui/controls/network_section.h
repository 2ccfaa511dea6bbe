#pragma once

#include "ui/controls/section.h"

namespace flatline {

class LayersEditor;

/// The network's shape and the numbers that it starts from.
class NetworkSection : public Section {
    Q_OBJECT
public:
    explicit NetworkSection(QWidget* parent = nullptr);

private:
    void addLayers();
    void addOutput();
    void addWeights();
    void addStartFile();
};

} // namespace flatline
