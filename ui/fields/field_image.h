#pragma once

#include "core/training/snapshot.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QPolygonF>
#include <QRectF>

#include <array>
#include <memory>
#include <vector>

class QPainter;

namespace flatline {

/// The colours from the theme's sunken one (no output) through `alive` to the strongest output.
using FiringRamp = std::array<QRgb, 256>;
[[nodiscard]] FiringRamp firingRamp(const Theme& theme);
/// Where a neuron fires, one pixel a sample of the field, feature 2 upwards: from the ramp's first colour (0 or less)
/// to its last for the strongest output in the plane.
[[nodiscard]] QImage firingImage(const Fields& fields, const std::vector<float>& values, const FiringRamp& ramp);
/// Draws it over `box`, smooth between its samples, of which the outermost stand at the very edges.
void paintSamples(QPainter& painter, const QRectF& box, const QImage& image);
/// The same for one feature: the output over x, both scaled into a unit square; 0 is at the bottom unless it falls
/// below.
[[nodiscard]] QPolygonF firingCurve(const std::vector<float>& values);

/// The pictures of all neurons of one Fields, each made when it is first asked for.
class FieldImages {
public:
    /// Takes other fields over (may be null). Cheap where they are the same.
    void setFields(std::shared_ptr<const Fields> fields, const Theme& theme);
    /// Null where there is none; layers and neurons from 0. Valid until the next setFields.
    [[nodiscard]] const QImage* image(std::size_t layer, std::size_t neuron);
    [[nodiscard]] const QPolygonF* curve(std::size_t layer, std::size_t neuron);

private:
    struct Picture {
        QImage image;
        QPolygonF curve;
        bool made = false;
    };
    Picture* picture(std::size_t layer, std::size_t neuron);

    std::shared_ptr<const Fields> m_fields;
    const Theme* m_theme = nullptr;
    FiringRamp m_ramp{}; ///< the theme's
    std::vector<std::vector<Picture>> m_pictures;
};

} // namespace flatline
