#include "ui/solid/solid_canvas.h"

#include "ui/solid/home_view.h"
#include "ui/solid/render_solid.h"
#include "ui/solid/solid_worker.h"
#include "ui/theme/pixels.h"
#include "ui/theme/theme.h"
#include "ui/widgets/cached_picture.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPaintEngine>
#include <QPainter>
#include <QPushButton>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

constexpr double degreesPerPixel = 0.4;
constexpr double zoomPerNotch = 1.15;
constexpr int settleTime = 140; ///< ms

/// A key and how it moves the camera.
struct CameraKey {
    int key;
    double right; ///< degrees
    double up;
    double zoom;
};
constexpr CameraKey cameraKeys[] = {
    {Qt::Key_Left, -6.0, 0.0, 1.0},
    {Qt::Key_Right, 6.0, 0.0, 1.0},
    {Qt::Key_Up, 0.0, 4.0, 1.0},
    {Qt::Key_Down, 0.0, -4.0, 1.0},
    {Qt::Key_Plus, 0.0, 0.0, zoomPerNotch},
    {Qt::Key_Equal, 0.0, 0.0, zoomPerNotch},
    {Qt::Key_Minus, 0.0, 0.0, 1 / zoomPerNotch},
};

const CameraKey* findKey(int key) {
    const auto* found = std::ranges::find(cameraKeys, key, &CameraKey::key);
    return found == std::end(cameraKeys) ? nullptr : found;
}

bool isOwn(const QKeyEvent& event) {
    const bool plain = (event.modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) == Qt::NoModifier;
    const bool arrowWithShift = event.modifiers().testFlag(Qt::ShiftModifier) && event.key() >= Qt::Key_Left &&
                                event.key() <= Qt::Key_Down; // those are the run's
    return plain && !arrowWithShift && (event.key() == Qt::Key_0 || findKey(event.key()) != nullptr);
}

} // namespace

SolidCanvas::SolidCanvas(QWidget* parent)
    : QWidget(parent)
    , m_worker(std::make_unique<SolidWorker>())
    , m_reset(new QPushButton(icon(QStringLiteral("reset")), tr("Reset view"), this)) {
    setFocusPolicy(Qt::TabFocus); // a click must not take the arrow keys away from stepping
    setAccessibleName(tr("Loss landscape as a solid"));
    m_reset->setToolTip(tr("Back to the first view: direction, height and zoom (0)"));
    m_reset->setFocusPolicy(Qt::TabFocus);
    connect(m_reset, &QPushButton::clicked, this, &SolidCanvas::resetView);
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleTime);
    connect(&m_settle, &QTimer::timeout, this, &SolidCanvas::settle);
    connect(m_worker.get(), &SolidWorker::ready, this, [this] {
        const std::shared_ptr<const SolidPicture> picture = m_worker->latest();
        if (m_scene.surface == nullptr || picture->scene.surface->run != m_scene.surface->run)
            return; // of a run that is over
        m_picture = picture;
        update();
    });
}

SolidCanvas::~SolidCanvas() = default;

void SolidCanvas::setScene(SolidScene scene, bool running) {
    const std::shared_ptr<const Surface> before = m_scene.surface;
    scene.camera = m_scene.camera;
    m_scene = std::move(scene);
    m_running = running;
    const Surface* now = m_scene.surface.get();
    const bool otherRun = now == nullptr || before == nullptr || before->run != now->run;
    if (otherRun)
        m_picture.reset();
    if (now != nullptr && (otherRun || before->choice != now->choice || before->extent != now->extent)) {
        const bool atHome = m_scene.camera == m_home;
        m_home = homeView(*now, m_scene.heights);
        if (atHome)
            m_scene.camera = m_home;
    }
    placeButton();
    if (isVisible())
        settle();
    update();
}

SolidScene SolidCanvas::ownScene(SolidDetail detail, double ratio) const {
    SolidScene scene = m_scene;
    scene.size = size();
    scene.ratio = ratio;
    scene.dark = themeOf(this).dark;
    scene.detail = detail;
    return scene;
}

void SolidCanvas::order(SolidDetail detail, bool hurried) {
    if (m_scene.surface == nullptr || width() < 2 || height() < 2)
        return;
    m_worker->show(ownScene(detail, devicePixelRatioF()), hurried);
}

void SolidCanvas::settle() {
    if (m_settle.isActive())
        return; // it is being turned: the next draft shows what is new
    order(m_running ? SolidDetail::Lively : SolidDetail::Fine, !m_running);
}

void SolidCanvas::moveCamera(const Camera& camera) {
    if (camera == m_scene.camera)
        return;
    m_scene.camera = camera;
    m_settle.start();
    order(SolidDetail::Draft, true);
    placeButton();
}

void SolidCanvas::resetView() {
    if (m_scene.surface != nullptr)
        m_home = homeView(*m_scene.surface, m_scene.heights);
    moveCamera(m_home);
}

bool SolidCanvas::fits(const SolidPicture& picture) const {
    return picture.scene.bar == m_scene.bar && picture.scene.size == QSizeF(size()) &&
           picture.scene.dark == themeOf(this).dark;
}

void SolidCanvas::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    if (m_scene.surface == nullptr) {
        const Theme& theme = themeOf(this);
        painter.setPen(theme.muted);
        painter.setFont(fontFor(TextRole::Body));
        painter.drawText(rect(), Qt::AlignCenter, tr("computing…"));
        return;
    }
    const QPaintEngine* engine = painter.paintEngine(); // the painter's own device is the widget, even while it renders
    const double ratio = engine->paintDevice()->devicePixelRatioF();
    if (!onPixels(painter) || ratio != devicePixelRatioF()) { // a file: all that it can hold
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(QRectF(rect()), renderSolid(ownScene(SolidDetail::Fine, std::max(2.0, ratio)))->image);
        return;
    }
    // Switching to the solid shows it at once, and so does another size: a draft takes as long as any painting.
    if (m_picture == nullptr || !fits(*m_picture))
        m_picture = std::make_shared<const SolidPicture>(*renderSolid(ownScene(SolidDetail::Draft, ratio)));
    painter.setRenderHint(QPainter::SmoothPixmapTransform,
                          m_picture->image.size() != (QSizeF(size()) * ratio).toSize());
    painter.drawImage(QRectF(rect()), m_picture->image);
}

void SolidCanvas::placeButton() {
    const bool roomy = layOutSolid(size(), m_scene.bar).roomy;
    m_reset->setVisible(roomy || m_scene.camera != m_home);
    m_reset->setText(roomy ? tr("Reset view") : QString());
    m_reset->adjustSize();
    const QRectF note = layOutSolid(size(), m_scene.bar).note;
    const int right = m_scene.bar ? width() - 80 : width();
    m_reset->move(right - m_reset->width(), static_cast<int>(note.top()) - m_reset->height() - 4);
}

void SolidCanvas::resizeEvent(QResizeEvent* /*event*/) {
    placeButton();
    settle();
}

void SolidCanvas::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    placeButton();
    settle();
}

void SolidCanvas::changeEvent(QEvent* event) {
    if (changesLook(*event) && isVisible())
        settle();
    QWidget::changeEvent(event);
}

void SolidCanvas::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) {
        event->ignore();
        return;
    }
    m_dragged = event->position();
    setCursor(Qt::ClosedHandCursor);
}

void SolidCanvas::mouseMoveEvent(QMouseEvent* event) {
    if (!event->buttons().testFlag(Qt::LeftButton)) {
        event->ignore();
        return;
    }
    const QPointF by = event->position() - m_dragged;
    m_dragged = event->position();
    moveCamera(m_scene.camera.turned(by.x() * degreesPerPixel, by.y() * degreesPerPixel));
}

void SolidCanvas::mouseReleaseEvent(QMouseEvent* /*event*/) {
    unsetCursor();
}

// The card's: it fills the grid.
void SolidCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
    event->ignore();
}

void SolidCanvas::wheelEvent(QWheelEvent* event) {
    const double notches = event->angleDelta().y() / 120.0;
    if (notches == 0.0) {
        event->ignore();
        return;
    }
    moveCamera(m_scene.camera.zoomed(std::pow(zoomPerNotch, notches)));
    event->accept();
}

void SolidCanvas::keyPressEvent(QKeyEvent* event) {
    if (!isOwn(*event)) {
        QWidget::keyPressEvent(event);
        return;
    }
    if (const CameraKey* key = findKey(event->key()))
        moveCamera(m_scene.camera.turned(key->right, key->up).zoomed(key->zoom));
    else
        resetView();
}

bool SolidCanvas::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && isOwn(*static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

} // namespace flatline
