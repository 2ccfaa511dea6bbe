#pragma once

#include "ui/fields/landscape_picture.h"
#include "ui/fields/landscape_state.h"
#include "ui/widgets/cached_picture.h"

#include <QWidget>

#include <optional>

namespace flatline {

/// The landscape as a map: colour and contour lines are the loss (logarithmic), the ball is where the run is now, the
/// line the path it took. Shows the loss under the mouse; with the keyboard's focus the arrow keys move the same cross,
/// Escape removes it.
class LandscapeMap : public QWidget {
    Q_OBJECT
public:
    explicit LandscapeMap(QWidget* parent = nullptr);

    void showState(const LandscapeState& state);
    [[nodiscard]] const LandscapeLayout& pictureLayout() const { return m_layout; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] LandscapeScene scene() const;
    [[nodiscard]] LandscapeLayout layOut() const;
    void redraw();
    void moveCross(QPointF to);

    LandscapeState m_state;
    QString m_readout; ///< in the footer
    QString m_widestReadout;
    LandscapeLayout m_layout;       ///< of the picture: measuring its words takes long
    CachedPicture m_picture;        ///< all but the cross and the footer
    std::optional<QPointF> m_cross; ///< in the plane's coordinates, each over the extent: -1 to 1
};

} // namespace flatline
