#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

class QMimeData;
class QWidget;

namespace flatline {

class DropOverlay;
class FileActions;

/// What would become of that which is held over the window.
struct DropVerdict {
    QString path; ///< of what would be opened; empty: nothing
    QString text; ///< what is said of it
};
[[nodiscard]] DropVerdict judgeDrop(const QMimeData& data);

/// Opens the experiment or the table that is dropped on a window. While it is held over the window, it says what would
/// happen, and why not.
class DropTarget : public QObject {
    Q_OBJECT
public:
    /// Becomes a child of the window.
    DropTarget(FileActions& files, QWidget* window);

signals:
    void refused(const QString& why);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void show(const DropVerdict& verdict);

    FileActions& m_files;
    QWidget* m_window;
    DropOverlay* m_overlay;
    QTimer m_hide; ///< the window is left for the overlay, or for good: only the next moment tells
};

} // namespace flatline
