#pragma once

#include <QSizeF>
#include <QString>

class QPainter;
class QWidget;

namespace flatline {

/// A view as a figure: its title and second title, what it shows, and a footer that says of which run it is.
struct ViewFigure {
    QWidget* view = nullptr;
    QString title;
    QString subtitle;
    QString footer; ///< may be empty
    bool light = false;

    [[nodiscard]] QSizeF size() const; ///< in the view's pixels
    /// From the painter's origin on. Lines and texts arrive as such; what a view keeps as an image stays one.
    void paint(QPainter& painter) const;
};

} // namespace flatline
