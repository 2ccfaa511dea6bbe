#pragma once

#include "ui/fields/landscape_picture.h"
#include "ui/views/cached_picture.h"
#include "ui/views/view.h"

#include <QPointer>

#include <optional>
#include <string>

namespace flatline {

class LandscapeHead;

/// The training loss over a two-dimensional slice through the parameters, as a map: colour and contour lines are the
/// loss (logarithmic), the ball is where the run is now, the line the path it took. Shows the loss under the mouse;
/// with the keyboard's focus the arrow keys move the same cross, Escape removes it.
class LandscapeViewWidget : public View {
    Q_OBJECT
public:
    explicit LandscapeViewWidget(QWidget* parent = nullptr);

    void showFrame(const Frame& frame) override;
    [[nodiscard]] QString summary() const override;
    /// What is drawn and of which step; "(computing…)" while that is not what the controls say.
    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] QWidget* headControls() override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

    [[nodiscard]] const LandscapeView& wish() const { return m_wish; }
    [[nodiscard]] LandscapeLayout pictureLayout() const;
    [[nodiscard]] const LossScale& scale() const { return m_scale; }

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
    [[nodiscard]] bool canShow() const; ///< there is a surface, and it is of this run
    [[nodiscard]] LandscapeScene scene() const;
    void wishFor(const LandscapeView& wish);
    void choosePlane(const std::string& id);
    void followNeuron();
    void announceSubtitle();
    void redraw();
    void moveCross(QPointF to);

    Frame m_frame;
    LandscapeView m_wish;
    LossScale m_scale;
    QString m_subtitle;
    QString m_widestReadout;
    CachedPicture m_picture;        ///< all but the cross and the footer
    std::optional<QPointF> m_cross; ///< in the plane's coordinates, each over the extent: -1 to 1
    QPointer<LandscapeHead> m_head; ///< made when a card asks for it
};

} // namespace flatline
