#include "ui/fields/output_map.h"

#include "ui/fields/data_points.h"
#include "ui/fields/field_image.h"
#include "ui/fields/regions.h"

#include <QCoreApplication>
#include <QPainter>

#include <cmath>
#include <limits>

namespace flatline {

void OutputMap::paint(QPainter& painter, const QRectF& box, const Snapshot& snapshot, const Theme& theme) {
    painter.fillRect(box, theme.sunken);
    if (snapshot.dataset != nullptr && snapshot.fields != nullptr && canDraw(*snapshot.dataset)) {
        const Dataset& dataset = *snapshot.dataset;
        const Fields& fields = *snapshot.fields;
        const double ratio = painter.device()->devicePixelRatioF();
        painter.save();
        painter.setClipRect(box);
        if (dataset.features() == 2) {
            const QImage regions = regionImage(fields, dataset, theme);
            if (!regions.isNull())
                paintSamples(painter, box, regions);
            if (dataset.task == Task::Classification)
                paintBoundaries(painter, box, fields, theme);
        }
        painter.drawImage(box, points(box, ratio, dataset, fields, theme));
        if (dataset.features() == 1)
            paintFittedCurves(painter, box, fields, dataset, theme);
        painter.restore();
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.border, 1.0));
    painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5));
}

const QImage& OutputMap::points(const QRectF& box, double ratio, const Dataset& dataset, const Fields& fields,
                                const Theme& theme) {
    const QSize size = (box.size() * ratio).toSize();
    const PlaneBounds plane = planeBounds(fields, dataset);
    const QRectF bounds(QPointF(plane.xMinimum, plane.yMinimum), QPointF(plane.xMaximum, plane.yMaximum));
    if (m_pointsOf == &dataset && m_points.size() == size && m_theme == &theme && m_bounds == bounds)
        return m_points;
    m_pointsOf = &dataset;
    m_theme = &theme;
    m_bounds = bounds;
    m_points = QImage(size, QImage::Format_ARGB32_Premultiplied);
    m_points.fill(Qt::transparent);
    m_points.setDevicePixelRatio(ratio);
    QPainter painter(&m_points);
    paintDataPoints(painter, QRectF(QPointF(0, 0), box.size()), dataset, plane, theme);
    return m_points;
}

QPointF OutputMap::placeOf(const Snapshot& snapshot, const QRectF& box, int sample) {
    const Dataset& dataset = *snapshot.dataset;
    const Targets<float>& targets = dataset.train.targets;
    const double x = static_cast<double>(dataset.train.features(sample, 0));
    const double y = dataset.features() > 1 ? static_cast<double>(dataset.train.features(sample, 1))
                     : targets.values.size() > 0
                         ? static_cast<double>(targets.values(sample, 0))
                         : static_cast<double>(targets.labels[static_cast<std::size_t>(sample)]);
    return planeBounds(*snapshot.fields, dataset).place(x, y, box);
}

int OutputMap::nearestSample(const Snapshot& snapshot, const QRectF& box, QPointF at) {
    int nearest = 0;
    double best = std::numeric_limits<double>::infinity();
    for (int sample = 0; sample < snapshot.dataset->train.samples(); ++sample) {
        const QPointF away = placeOf(snapshot, box, sample) - at;
        if (const double distance = QPointF::dotProduct(away, away); distance < best) {
            best = distance;
            nearest = sample;
        }
    }
    return nearest;
}

QString OutputMap::caption(const Dataset& dataset) {
    const auto say = [](const char* text) { return QCoreApplication::translate("fields", text); };
    if (!canDraw(dataset))
        return QCoreApplication::translate("fields", "%n features: no plane to draw", nullptr, dataset.features());
    if (dataset.features() == 1)
        return dataset.task == Task::Classification ? say(QT_TRANSLATE_NOOP("fields", "probabilities over x"))
                                                    : say(QT_TRANSLATE_NOOP("fields", "fitted curve"));
    return dataset.task == Task::Classification ? say(QT_TRANSLATE_NOOP("fields", "decision regions"))
                                                : say(QT_TRANSLATE_NOOP("fields", "predicted values"));
}

} // namespace flatline
