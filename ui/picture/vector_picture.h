#pragma once

#include "ui/picture/vector_engine.h"

#include <QPaintDevice>
#include <QSizeF>

#include <memory>

namespace flatline {

/// A device that holds lines and texts instead of pixels: it hands them to the sink, which must outlive it.
class VectorPicture : public QPaintDevice {
public:
    /// `size` in pixels of so many dots an inch.
    VectorPicture(QSizeF size, int dotsPerInch, VectorSink& sink);

    [[nodiscard]] QPaintEngine* paintEngine() const override { return m_engine.get(); }

protected:
    [[nodiscard]] int metric(PaintDeviceMetric metric) const override;

private:
    QSizeF m_size;
    int m_dotsPerInch;
    std::unique_ptr<VectorEngine> m_engine;
};

} // namespace flatline
