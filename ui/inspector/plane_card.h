#pragma once

#include "ui/inspector/inspector_card.h"
#include "ui/inspector/plane_picture.h"

#include <vector>

namespace flatline {

class LegendEntry;
class ParameterEditor;

/// Where a neuron stands over the data, in words and as a picture, with its parameters to be changed by hand.
class PlaneCard : public InspectorCard {
    Q_OBJECT
public:
    explicit PlaneCard(QWidget* parent);

    void showFrame(const Frame& frame, NeuronId id);
    /// z on the training samples as the edit under way would have it; empty where there is none.
    [[nodiscard]] std::vector<float> previewedValues() const;
    [[nodiscard]] QString summary() const;

signals:
    void previewChanged();
    void editWished(const flatline::EditParameters& edit);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] PlaneScene sceneOf(const Frame& frame, const Inspection* inspection) const;
    void showWords();
    void showNow(LegendEntry* entry, std::int64_t fires, std::int64_t samples);
    void showWayBack(LegendEntry* entry);
    void wishEdge(const NeuronWeights& wanted);
    void wishWeight(int index, double weight);

    Frame m_frame;
    NeuronId m_id;
    PlaneScene m_scene;
    std::optional<QSize> m_pixels; ///< of the picture that the inputs are
    PlanePicture* m_picture;
    std::vector<LegendEntry*> m_entries;
    ParameterEditor* m_editor;
};

} // namespace flatline
