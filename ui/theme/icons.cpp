#include "ui/theme/theme.h"

#include <QApplication>
#include <QFile>
#include <QIconEngine>
#include <QImage>
#include <QPainter>
#include <QPalette>
#include <QSvgRenderer>

#include <algorithm>

namespace flatline {

namespace {

QColor colorInPalette(QIcon::Mode mode) {
    const QPalette palette = QApplication::palette();
    return palette.color(mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active,
                         mode == QIcon::Selected ? QPalette::HighlightedText : QPalette::ButtonText);
}

constexpr auto hatchKey = "hatch"; ///< a text of a hatch's tile: its colour

class LineIconEngine : public QIconEngine {
public:
    LineIconEngine(QByteArray svg, const QColor& color)
        : m_svg(std::move(svg))
        , m_color(color) {}

    QIconEngine* clone() const override { return new LineIconEngine(*this); }
    QString key() const override { return QStringLiteral("flatline-line-icon"); }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        QColor color = m_color.isValid() ? m_color : colorInPalette(mode);
        if (m_color.isValid() && mode == QIcon::Disabled)
            color.setAlphaF(0.45F);
        QByteArray svg = m_svg;
        svg.replace("currentColor", color.name().toLatin1());
        QSvgRenderer renderer(svg);
        painter->save();
        painter->setOpacity(painter->opacity() * color.alphaF());
        renderer.render(painter, rect);
        painter->restore();
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

private:
    QByteArray m_svg;
    QColor m_color; ///< invalid: the palette's
};

} // namespace

QIcon icon(const QString& name, const QColor& color) {
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    const bool found = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(found, "icon", qPrintable(name));
    return found ? QIcon(new LineIconEngine(file.readAll(), color)) : QIcon();
}

QBrush hatchBrush(const QColor& color, qreal ratio) {
    // A tile of whole device pixels whose strokes go on in the next one.
    constexpr qreal period = 7.0;
    const int side = std::max(4, qRound(period * ratio));
    QImage tile(side, side, QImage::Format_ARGB32_Premultiplied);
    tile.fill(Qt::transparent);
    QPainter painter(&tile);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, ratio));
    for (const int shift : {-side, 0, side})
        painter.drawLine(QPointF(shift - 1, side + 1), QPointF(shift + side + 1, -1));
    painter.end();
    tile.setText(QLatin1String(hatchKey), color.name(QColor::HexArgb));
    QBrush brush;
    brush.setTextureImage(tile);
    brush.setTransform(QTransform::fromScale(1.0 / ratio, 1.0 / ratio));
    return brush;
}

std::optional<Hatch> hatchOf(const QBrush& brush) {
    if (brush.style() != Qt::TexturePattern)
        return std::nullopt;
    const QImage tile = brush.textureImage();
    const QColor color(tile.text(QLatin1String(hatchKey)));
    if (!color.isValid())
        return std::nullopt;
    return Hatch{color, tile.width() * brush.transform().m11()};
}

} // namespace flatline
