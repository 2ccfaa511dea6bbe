#include "ui/fields/regions.h"

#include "ui/fields/contours.h"
#include "ui/fields/data_points.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

namespace flatline {
namespace {

std::size_t samples(const Fields& fields) {
    return static_cast<std::size_t>(std::max(0, fields.columns)) * static_cast<std::size_t>(std::max(0, fields.rows));
}

bool complete(const Fields& fields) {
    return samples(fields) > 0 && !fields.predictions.empty() &&
           std::ranges::all_of(fields.predictions,
                               [&fields](const auto& values) { return values.size() == samples(fields); });
}

/// By how much an output is ahead of all others; one output alone: of its opposite (classes -1 and +1).
double lead(const Fields& fields, std::size_t output, std::size_t sample) {
    if (fields.predictions.size() == 1)
        return static_cast<double>(fields.predictions[0][sample]) * (output == 0 ? -1.0 : 1.0);
    double others = -std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k < fields.predictions.size(); ++k)
        if (k != output)
            others = std::max(others, static_cast<double>(fields.predictions[k][sample]));
    return static_cast<double>(fields.predictions[output][sample]) - others;
}

QRgb blend(const QColor& below, const QColor& above, double share) {
    const auto channel = [share](int a, int b) { return static_cast<int>(std::lround(a + share * (b - a))); };
    return qRgb(channel(below.red(), above.red()), channel(below.green(), above.green()),
                channel(below.blue(), above.blue()));
}

QRgb classPixel(const Fields& fields, std::size_t sample, const Theme& theme) {
    const std::size_t classes = std::max<std::size_t>(2, fields.predictions.size());
    for (std::size_t k = 0; k < classes; ++k) {
        const double ahead = lead(fields, k, sample);
        if (ahead >= 0.0) {
            const double sure = std::clamp(ahead, 0.0, 1.0);
            return blend(theme.surface, theme.classColor(static_cast<int>(k)), 0.10 + 0.40 * sure);
        }
    }
    return theme.sunken.rgb(); // not a number: no class
}

} // namespace

QImage regionImage(const Fields& fields, const Dataset& dataset, const Theme& theme) {
    if (!complete(fields))
        return {};
    const ValueRange range = targetRange(dataset);
    QImage image(fields.columns, fields.rows, QImage::Format_RGB32);
    for (int row = 0; row < fields.rows; ++row) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(fields.rows - 1 - row));
        for (int column = 0; column < fields.columns; ++column) {
            const auto sample = static_cast<std::size_t>(row) * static_cast<std::size_t>(fields.columns) +
                                static_cast<std::size_t>(column);
            if (dataset.task == Task::Classification) {
                line[column] = classPixel(fields, sample, theme);
            } else {
                const double value = static_cast<double>(fields.predictions[0][sample]);
                line[column] = std::isfinite(value) ? viridis(range.position(value)) : theme.sunken.rgb();
            }
        }
    }
    return image;
}

void paintBoundaries(QPainter& painter, const QRectF& box, const Fields& fields, const Theme& theme) {
    if (!complete(fields))
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.text, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    // Two classes share their border; more have one each.
    const std::size_t borders = fields.predictions.size() <= 2 ? 1 : fields.predictions.size();
    std::vector<double> ahead(samples(fields));
    for (std::size_t k = 0; k < borders; ++k) {
        for (std::size_t sample = 0; sample < ahead.size(); ++sample)
            ahead[sample] = lead(fields, k, sample);
        for (QPolygonF& line : contourLines({ahead, fields.columns, fields.rows}, 0.0)) {
            for (QPointF& point : line)
                point = {box.left() + point.x() / (fields.columns - 1) * box.width(),
                         box.bottom() - point.y() / (fields.rows - 1) * box.height()};
            painter.drawPolyline(line);
        }
    }
}

void paintFittedCurves(QPainter& painter, const QRectF& box, const Fields& fields, const Dataset& dataset,
                       const Theme& theme) {
    if (!complete(fields) || fields.columns < 2)
        return;
    const PlaneBounds bounds = planeBounds(fields, dataset);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    for (std::size_t k = 0; k < fields.predictions.size(); ++k) {
        QPolygonF line;
        for (int column = 0; column < fields.columns; ++column) {
            const double value = static_cast<double>(fields.predictions[k][static_cast<std::size_t>(column)]);
            const double x = bounds.xMinimum + (bounds.xMaximum - bounds.xMinimum) * column / (fields.columns - 1);
            // Far outside the box a line would only cost time.
            const double span = bounds.yMaximum - bounds.yMinimum;
            if (std::isfinite(value))
                line.append(bounds.place(x, std::clamp(value, bounds.yMinimum - span, bounds.yMaximum + span), box));
        }
        const QColor color = dataset.task == Task::Classification ? theme.classColor(static_cast<int>(k)) : theme.text;
        painter.setPen(QPen(color, 2.0, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(line);
    }
}

} // namespace flatline
