#include "ui/fields/field_image.h"

#include "ui/theme/pixels.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace flatline {
namespace {

constexpr int rampSteps = std::tuple_size_v<FiringRamp>;

QRgb mix(const QColor& from, const QColor& to, double share) {
    const auto channel = [share](int a, int b) { return static_cast<int>(std::lround(a + share * (b - a))); };
    return qRgb(channel(from.red(), to.red()), channel(from.green(), to.green()), channel(from.blue(), to.blue()));
}

/// Where a pixel lies among the samples, along one direction.
struct Between {
    int before = 0;
    int share = 0; ///< of the way to the next one, of 256
};

std::vector<Between> samplesOf(int pixels, int samples) {
    std::vector<Between> places(static_cast<std::size_t>(pixels));
    for (int k = 0; k < pixels; ++k) {
        const double at = (k + 0.5) / pixels * (samples - 1);
        const int before = std::clamp(static_cast<int>(at), 0, std::max(0, samples - 2));
        places[static_cast<std::size_t>(k)] = {before, static_cast<int>((at - before) * 256.0)};
    }
    return places;
}

/// Two colours at once: red and blue, and green, have room for the product.
QRgb mixed(QRgb from, QRgb to, int share) {
    const auto part = static_cast<QRgb>(share);
    const QRgb redBlue = ((from & 0xFF00FFU) * (256U - part) + (to & 0xFF00FFU) * part) >> 8U;
    const QRgb green = ((from & 0xFF00U) * (256U - part) + (to & 0xFF00U) * part) >> 8U;
    return 0xFF000000U | (redBlue & 0xFF00FFU) | (green & 0xFF00U);
}

/// Opaque ones, from edge to edge.
QImage stretchedSamples(const QImage& samples, QSize pixels) {
    QImage image(pixels, QImage::Format_RGB32);
    const std::vector<Between> columns = samplesOf(pixels.width(), samples.width());
    const std::vector<Between> rows = samplesOf(pixels.height(), samples.height());
    const int next = samples.width() > 1 ? 1 : 0;
    std::vector<QRgb> row(static_cast<std::size_t>(samples.width()));
    for (int y = 0; y < pixels.height(); ++y) {
        const auto [above, down] = rows[static_cast<std::size_t>(y)];
        const auto* upper = reinterpret_cast<const QRgb*>(samples.constScanLine(above));
        const auto* lower =
            reinterpret_cast<const QRgb*>(samples.constScanLine(std::min(above + 1, samples.height() - 1)));
        for (std::size_t k = 0; k < row.size(); ++k)
            row[k] = mixed(upper[k], lower[k], down);
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < pixels.width(); ++x) {
            const auto [before, right] = columns[static_cast<std::size_t>(x)];
            line[x] = mixed(row[static_cast<std::size_t>(before)], row[static_cast<std::size_t>(before + next)], right);
        }
    }
    return image;
}

bool fits(const Fields& fields, const std::vector<float>& values) {
    return fields.columns > 0 && fields.rows > 0 &&
           values.size() == static_cast<std::size_t>(fields.columns) * static_cast<std::size_t>(fields.rows);
}

} // namespace

// Beyond `alive` a lighter (dark theme) or darker one, so that strong stands out from weak.
FiringRamp firingRamp(const Theme& theme) {
    const QColor strong = theme.dark ? QColor(0xE6, 0xFB, 0xF6) : QColor(0x00, 0x3B, 0x33);
    FiringRamp ramp{};
    for (int k = 0; k < rampSteps; ++k) {
        const double share = static_cast<double>(k) / (rampSteps - 1);
        constexpr double turn = 0.6;
        ramp[static_cast<std::size_t>(k)] = share < turn ? mix(theme.sunken, theme.alive, share / turn)
                                                         : mix(theme.alive, strong, (share - turn) / (1.0 - turn));
    }
    return ramp;
}

QImage firingImage(const Fields& fields, const std::vector<float>& values, const FiringRamp& ramp) {
    if (!fits(fields, values))
        return {};
    float most = 0.0F;
    for (const float value : values)
        if (std::isfinite(value))
            most = std::max(most, value);
    const float factor = most > 0.0F ? (rampSteps - 1) / most : 0.0F;
    QImage image(fields.columns, fields.rows, QImage::Format_RGB32);
    for (int row = 0; row < fields.rows; ++row) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(fields.rows - 1 - row));
        const float* from = values.data() + static_cast<std::ptrdiff_t>(row) * fields.columns;
        for (int column = 0; column < fields.columns; ++column) {
            const float value = std::isfinite(from[column]) ? std::max(0.0F, from[column]) : 0.0F;
            line[column] = ramp[static_cast<std::size_t>(std::min(value * factor, rampSteps - 1.0F))];
        }
    }
    return image;
}

void paintSamples(QPainter& painter, const QRectF& box, const QImage& image) {
    const double ratio = painter.device()->devicePixelRatioF();
    const QRectF pixels(box.topLeft() * ratio, box.size() * ratio);
    painter.save();
    if (onPixels(painter) && pixels.height() >= threadedRows && pixels == pixels.toRect()) {
        QImage stretched = stretchedSamples(image, pixels.size().toSize());
        stretched.setDevicePixelRatio(ratio);
        painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
        painter.drawImage(box.topLeft(), stretched);
    } else {
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(box, image, {0.5, 0.5, image.width() - 1.0, image.height() - 1.0});
    }
    painter.restore();
}

QPolygonF firingCurve(const std::vector<float>& values) {
    float low = 0.0F;
    float high = 0.0F;
    for (const float value : values)
        if (std::isfinite(value)) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    const double span = high > low ? static_cast<double>(high) - static_cast<double>(low) : 1.0;
    const double last = std::max<double>(1.0, static_cast<double>(values.size()) - 1.0);
    QPolygonF curve;
    for (std::size_t k = 0; k < values.size(); ++k)
        if (std::isfinite(values[k]))
            curve.append({static_cast<double>(k) / last, (static_cast<double>(values[k]) - low) / span});
    return curve;
}

void FieldImages::setFields(std::shared_ptr<const Fields> fields, const Theme& theme) {
    if (fields == m_fields && m_theme == &theme)
        return;
    m_fields = std::move(fields);
    if (std::exchange(m_theme, &theme) != &theme)
        m_ramp = firingRamp(theme);
    m_pictures.clear();
    if (m_fields != nullptr)
        for (const auto& layer : m_fields->activations)
            m_pictures.emplace_back(layer.size());
}

FieldImages::Picture* FieldImages::picture(std::size_t layer, std::size_t neuron) {
    if (layer >= m_pictures.size() || neuron >= m_pictures[layer].size())
        return nullptr;
    Picture& picture = m_pictures[layer][neuron];
    const std::vector<float>& values = m_fields->activations[layer][neuron];
    if (!picture.made && m_fields->rows > 1)
        picture.image = firingImage(*m_fields, values, m_ramp);
    else if (!picture.made)
        picture.curve = firingCurve(values);
    picture.made = true;
    return &picture;
}

const QImage* FieldImages::image(std::size_t layer, std::size_t neuron) {
    const Picture* found = picture(layer, neuron);
    return found == nullptr || found->image.isNull() ? nullptr : &found->image;
}

const QPolygonF* FieldImages::curve(std::size_t layer, std::size_t neuron) {
    const Picture* found = picture(layer, neuron);
    return found == nullptr || found->curve.isEmpty() ? nullptr : &found->curve;
}

} // namespace flatline
