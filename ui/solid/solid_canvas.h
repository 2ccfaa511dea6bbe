#pragma once

#include "ui/solid/solid_scene.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QPushButton;

namespace flatline {

class SolidWorker;

/// The landscape as a solid that can be turned: by dragging or the arrow keys; zoomed by the wheel, + and -; 0 or the
/// button returns to the first view. Once it has been turned, the camera stays when the surface changes. Draws nothing
/// itself but what its worker has finished. UI thread only.
class SolidCanvas : public QWidget {
    Q_OBJECT
public:
    explicit SolidCanvas(QWidget* parent = nullptr);
    ~SolidCanvas() override;

    /// The scene to show; its camera, size, resolution, appearance and detail are the canvas's own. Without a surface:
    /// "computing…". `running`: more will come soon, so that this one need not be fine.
    void setScene(SolidScene scene, bool running);

    [[nodiscard]] const Camera& camera() const { return m_scene.camera; }
    [[nodiscard]] std::shared_ptr<const SolidPicture> picture() const { return m_picture; }
    void resetView();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    void moveCamera(const Camera& camera);
    void order(SolidDetail detail, bool hurried);
    void settle();
    [[nodiscard]] SolidScene ownScene(SolidDetail detail, double ratio) const;
    void placeButton();
    [[nodiscard]] bool fits(const SolidPicture& picture) const;

    SolidScene m_scene;
    Camera m_home; ///< the first view of this plane
    bool m_running = false;
    std::unique_ptr<SolidWorker> m_worker;
    std::shared_ptr<const SolidPicture> m_picture; ///< shown; null: none yet
    QPushButton* m_reset;
    QTimer m_settle;   ///< after the last movement: time for a fine picture
    QPointF m_dragged; ///< where the mouse was last
};

} // namespace flatline
