#include "ui/window/inspector_actions.h"

#include "ui/fields/strip_text.h"
#include "ui/inspector/inspector_window.h"
#include "ui/window/lab.h"
#include "ui/window/picture_actions.h"

#include <QScreen>

namespace flatline {

namespace {
constexpr int titleBarRoom = 40; ///< px that a window's frame may take
}

InspectorActions::InspectorActions(Lab* lab, PictureActions& pictures, QWidget* window)
    : QObject(window)
    , m_lab(lab)
    , m_pictures(pictures)
    , m_window(window) {}

void InspectorActions::make() {
    m_inspector = new InspectorWindow(m_window);
    const QSize room = m_window->screen()->availableSize() - QSize(0, titleBarRoom);
    m_inspector->resize(m_inspector->size().boundedTo(room)); // an old projector has 1024 x 768
    connect(m_inspector, &InspectorWindow::selectWished, m_lab, &Lab::select);
    connect(m_inspector, &InspectorWindow::beatsWished, m_lab, &Lab::inspect);
    connect(m_inspector, &InspectorWindow::commandWished, this, &InspectorActions::commandWished);
    connect(m_inspector, &InspectorWindow::runToggled, this, &InspectorActions::runToggled);
    connect(m_inspector, &InspectorWindow::closed, this, [this] { m_lab->inspect({}); });
    connect(m_inspector, &InspectorWindow::pictureWished, this,
            [this](const QString& name) { m_pictures.saveWindow(m_inspector, name, m_inspector->summary()); });
}

void InspectorActions::open() {
    if (m_lab == nullptr)
        return;
    const Snapshot& snapshot = *m_lab->frame().snapshot;
    if (!hasNeuron(snapshot, {1, 1}))
        return emit problemFound(tr("The network has no hidden neurons to inspect."));
    if (m_inspector == nullptr)
        make();
    if (!hasNeuron(snapshot, m_lab->frame().selected))
        m_lab->select(InspectorWindow::nextDead(snapshot, {}, 1).value_or(NeuronId{1, 1}));
    m_lab->inspect(m_inspector->beatsOf());
    m_inspector->showFrame(m_lab->frame());
    m_inspector->show();
    m_inspector->raise();
    m_inspector->activateWindow();
}

void InspectorActions::showFrame(const Frame& frame) {
    if (m_inspector != nullptr && m_inspector->isVisible())
        m_inspector->showFrame(frame);
}

} // namespace flatline
