#pragma once

#include "core/inspection/inspection.h"

#include <QStringList>
#include <QWidget>

#include <optional>
#include <vector>

class QHBoxLayout;
class QLabel;

namespace flatline {

class NumberBox;
class WeightPicker;

/// A neuron's bias and incoming weights in boxes, to be typed over. Few weights have a box each; of many, bars choose
/// the one that the box shows, or the pixels of a picture where the inputs are some.
class ParameterEditor : public QWidget {
    Q_OBJECT
public:
    explicit ParameterEditor(QWidget* parent);

    /// `inputs`: what the weights belong to, in words; as many as there are weights. `pixels`: the picture's columns
    /// and rows, where they are its pixels. What is being typed stays.
    void showParameters(const NeuronWeights& own, float bias, const QStringList& inputs,
                        std::optional<QSize> pixels = {});
    /// Batch norm's shift of z; nothing: z is not normalized. Before showParameters() it has no place.
    void showBeta(std::optional<double> beta);

signals:
    void biasWished(double bias);
    void betaWished(double beta);
    void weightWished(int index, double weight); ///< from 0

private:
    void build(std::size_t weights, std::optional<QSize> pixels);
    void showChosen();
    NumberBox* box(const QString& name, const QString& help);

    std::vector<float> m_weights;
    QStringList m_inputs;
    QHBoxLayout* m_line;
    NumberBox* m_bias = nullptr;
    NumberBox* m_beta = nullptr; ///< hidden where there is none
    QLabel* m_betaName = nullptr;
    std::vector<NumberBox*> m_boxes;  ///< one a weight, or one for all
    WeightPicker* m_picker = nullptr; ///< where there are many
    QLabel* m_chosen = nullptr;
    std::optional<std::size_t> m_built; ///< for so many weights
    std::optional<QSize> m_builtPixels;
};

} // namespace flatline
