#include "ui/window/drop_target.h"

#include "ui/theme/theme.h"
#include "ui/window/file_actions.h"

#include <QDropEvent>
#include <QFileInfo>
#include <QMimeData>
#include <QPainter>
#include <QUrl>
#include <QWidget>

namespace flatline {

namespace {
constexpr int hideTime = 120; ///< ms
constexpr int inset = 16;
constexpr QSizeF plate(440, 76);
} // namespace

/// Over the whole window: a dashed frame and a sentence.
class DropOverlay : public QWidget {
public:
    explicit DropOverlay(QWidget* parent)
        : QWidget(parent) {
        setAcceptDrops(true);
        hide();
    }

    void show(const DropVerdict& verdict) {
        m_verdict = verdict;
        setAccessibleName(verdict.text);
        setGeometry(parentWidget()->rect());
        raise();
        setVisible(true);
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = themeOf(this);
        const bool good = !m_verdict.path.isEmpty();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        QColor veil = theme.background;
        veil.setAlphaF(0.78F);
        painter.fillRect(rect(), veil);
        const QColor ink = good ? theme.accent : theme.kick;
        painter.setPen(QPen(ink, 2.0, Qt::DashLine));
        painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), 6, 6);
        QRectF box(QPointF(), plate);
        box.moveCenter(QRectF(rect()).center());
        painter.setPen(QPen(theme.line, 1.0));
        painter.setBrush(theme.surface);
        painter.drawRoundedRect(box, 6, 6);
        const QString sign = good ? QStringLiteral("open") : QStringLiteral("triangle");
        icon(sign, ink).paint(&painter, QRectF(box.left() + 16, box.center().y() - 8, 16, 16).toRect());
        painter.setPen(theme.text);
        painter.setFont(fontFor(TextRole::ViewTitle));
        painter.drawText(box.adjusted(44, 8, -16, -8), Qt::AlignVCenter | Qt::TextWordWrap, m_verdict.text);
    }

private:
    DropVerdict m_verdict;
};

DropVerdict judgeDrop(const QMimeData& data) {
    const QList<QUrl> urls = data.urls();
    if (urls.size() > 1)
        return {{}, DropTarget::tr("%n files: one at a time can be opened.", nullptr, static_cast<int>(urls.size()))};
    if (urls.isEmpty() || !urls.constFirst().isLocalFile())
        return {{}, DropTarget::tr("Only files of this computer can be opened.")};
    const QString path = urls.constFirst().toLocalFile();
    const QString name = QFileInfo(path).fileName();
    if (QFileInfo(path).isDir())
        return {
            {},
            DropTarget::tr("%1 is a folder. Drop an experiment (.json), a table (.csv) or a lesson (.md).").arg(name)};
    if (FileActions::isTable(path))
        return {path, DropTarget::tr("Drop to train on %1").arg(name)};
    if (FileActions::isExperiment(path) || FileActions::isLesson(path))
        return {path, DropTarget::tr("Drop to open %1").arg(name)};
    return {{},
            DropTarget::tr("%1 is neither an experiment (.json) nor a table (.csv, .tsv, .txt) nor a lesson (.md).")
                .arg(name)};
}

DropTarget::DropTarget(FileActions& files, QWidget* window)
    : QObject(window)
    , m_files(files)
    , m_window(window)
    , m_overlay(new DropOverlay(window)) {
    window->setAcceptDrops(true);
    window->installEventFilter(this);
    m_overlay->installEventFilter(this);
    m_hide.setSingleShot(true);
    m_hide.setInterval(hideTime);
    connect(&m_hide, &QTimer::timeout, m_overlay, &QWidget::hide);
}

void DropTarget::show(const DropVerdict& verdict) {
    m_hide.stop();
    m_overlay->show(verdict);
}

bool DropTarget::eventFilter(QObject* watched, QEvent* event) {
    const QEvent::Type type = event->type();
    if (type == QEvent::DragLeave) {
        m_hide.start();
        return true;
    }
    if (type != QEvent::DragEnter && type != QEvent::DragMove && type != QEvent::Drop)
        return QObject::eventFilter(watched, event);
    auto* drop = static_cast<QDropEvent*>(event);
    if (!drop->mimeData()->hasUrls())
        return QObject::eventFilter(watched, event);
    const DropVerdict verdict = judgeDrop(*drop->mimeData());
    // What is refused is taken, too, or its drop would never be heard of, and nobody told why.
    drop->setDropAction(verdict.path.isEmpty() ? Qt::IgnoreAction : Qt::CopyAction);
    drop->accept();
    if (type != QEvent::Drop) {
        show(verdict);
        return true;
    }
    m_overlay->hide();
    if (verdict.path.isEmpty())
        emit refused(verdict.text);
    else // the other program waits for the end of the drop: no dialog inside of it
        QTimer::singleShot(0, this, [this, path = verdict.path] { m_files.openPath(path); });
    return true;
}

} // namespace flatline
