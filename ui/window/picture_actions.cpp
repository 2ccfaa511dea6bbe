#include "ui/window/picture_actions.h"

#include "ui/picture/view_figure.h"
#include "ui/theme/theme.h"
#include "ui/views/view_card.h"
#include "ui/window/file_actions.h"
#include "ui/window/file_names.h"
#include "ui/window/status_text.h"

#include <QApplication>
#include <QClipboard>
#include <QFileInfo>
#include <QMimeData>
#include <QPainter>

namespace flatline {

namespace {

/// The view that a widget is, or belongs to.
View* viewOf(QWidget* widget) {
    for (QWidget* w = widget; w != nullptr && !w->isWindow(); w = w->parentWidget()) {
        if (auto* view = qobject_cast<View*>(w))
            return view;
        if (const auto* card = qobject_cast<ViewCard*>(w))
            return card->view();
    }
    return nullptr;
}

QString programText() {
    return QStringLiteral("Flatline %1").arg(QCoreApplication::applicationVersion());
}

} // namespace

PictureActions::PictureActions(const Services& services, FileActions& files, std::function<Frame()> frame,
                               QWidget* window)
    : QObject(window)
    , m_services(services)
    , m_files(files)
    , m_frame(std::move(frame))
    , m_window(window) {
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        if (View* view = viewOf(now); view != nullptr && view->window() == m_window)
            m_last = view;
    });
}

View* PictureActions::current() const {
    return m_last != nullptr && m_last->isVisible() ? m_last.data() : nullptr;
}

QString PictureActions::footer() const {
    return QStringLiteral("%1 · %2").arg(runTitle(*m_frame().snapshot), programText());
}

PictureNotes PictureActions::notes(const QString& description, const QString& path) const {
    const Snapshot& snapshot = *m_frame().snapshot;
    return {runTitle(snapshot), description, programText(),
            m_services.origin ? m_services.origin(path, snapshot) : QByteArray()};
}

Picture PictureActions::pictureOf(View* view, const PictureChoice& choice, const QString& path) const {
    const ViewFigure figure{view, view->accessibleName(), view->subtitle(), choice.footer ? footer() : QString(),
                            choice.light};
    return {figure.size(), view->logicalDpiX(), [figure](QPainter& painter) { figure.paint(painter); },
            notes(view->accessibleName() + QStringLiteral(": ") + view->summary(), path)};
}

void PictureActions::copy(View* view) {
    if (view == nullptr) {
        emit done(tr("No view has the keyboard: go to one with F6 or Tab, then copy it."));
        return;
    }
    const PictureChoice choice = rememberedPixelChoice();
    const QImage image = pictureImage(pictureOf(view, choice), choice.format->scale);
    QGuiApplication::clipboard()->setImage(image);
    emit done(tr("Copied: %1, %2 × %3 pixels.").arg(view->accessibleName()).arg(image.width()).arg(image.height()));
}

void PictureActions::save(View* view) {
    if (view == nullptr) {
        emit done(tr("No view has the keyboard: go to one with F6 or Tab, then save its picture."));
        return;
    }
    const QPointer<View> wanted(view);
    PictureDialog dialog(
        tr("Save picture: %1").arg(view->accessibleName()), footer(),
        [this, wanted](const PictureChoice& choice, double scale) {
            return wanted ? pictureImage(pictureOf(wanted, choice), scale) : QImage();
        },
        m_window);
    if (dialog.exec() != QDialog::Accepted || !wanted)
        return;
    PictureChoice choice = dialog.choice();
    const QString path = m_files.choosePath(tr("Save picture"), wanted->accessibleName(),
                                            QCoreApplication::translate("pictures", choice.format->filter),
                                            QString::fromLatin1(choice.format->suffix));
    if (path.isEmpty() || !wanted)
        return;
    choice.format = formatForFile(path, choice.format);
    saveTo(wanted, choice, path);
}

bool PictureActions::saveTo(View* view, const PictureChoice& choice, const QString& path) {
    return write(path, pictureBytes(pictureOf(view, choice, path), *choice.format));
}

void PictureActions::saveWindow() {
    const QString path =
        m_files.choosePath(tr("Save picture"), tr("window"), tr("Pictures (*.png)"), QStringLiteral("png"));
    if (!path.isEmpty())
        saveWindowTo(path);
}

void PictureActions::saveWindow(QWidget* other, const QString& name, const QString& description) {
    const QString path = m_files.choosePath(tr("Save picture"), name, tr("Pictures (*.png)"), QStringLiteral("png"));
    if (!path.isEmpty())
        saveWindowTo(path, other, description);
}

bool PictureActions::saveWindowTo(const QString& path) {
    return saveWindowTo(path, m_window, stateSentence(*m_frame().snapshot));
}

bool PictureActions::saveWindowTo(const QString& path, QWidget* other, const QString& description) {
    const auto paint = [other](QPainter& painter) {
        painter.fillRect(other->rect(), other->palette().color(QPalette::Window));
        other->render(&painter);
    };
    const Picture picture{other->size(), other->logicalDpiX(), paint, notes(description, path)};
    return write(path, pictureBytes(picture, *findPictureFormat(QStringLiteral("png-2"))));
}

bool PictureActions::write(const QString& path, const QByteArray& content) {
    const QString name = QFileInfo(path).fileName();
    const Result<void> written = m_services.writeFile(path, content);
    if (!written)
        m_files.showError(tr("%1 could not be saved.").arg(name), errorText(written.error()));
    else
        emit done(tr("Saved %1.").arg(name));
    return written.ok();
}

} // namespace flatline
